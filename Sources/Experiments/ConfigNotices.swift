import Datasets

/// What the user should hear once about a config that is valid but may not do what they think.
struct ConfigNotices {
    let values: ConfigValues

    var all: [String] { device + warmUp + idleKeys + unscheduledKeys + unusedMap }

    private var device: [String] {
        let device = values.text("device")
        guard device != "cpu", device != "auto" else { return [] }
        return ["device '\(device)': vae-report computes on the CPU"]
    }

    private var warmUp: [String] {
        let warmUp = values.number("train.kl_warmup_epochs")
        guard values.text("train.kl_schedule") == "linear",
            values.text("train.objective") != "capacity",
            warmUp > Double(values.required("train.epochs"))
        else { return [] }
        return [
            "the KL warm-up of \(warmUp) epochs outlasts the run: β never reaches its full value"
        ]
    }

    /// Keys that were set and do nothing beside another key's value.
    private var idleKeys: [String] {
        let rules =
            [
                ("train.momentum", "train.opt", "sgd"),
                ("train.lr_restarts", "train.lr_schedule", "cosine_restarts"),
                ("train.kl_cycles", "train.kl_schedule", "cyclical"),
                ("train.kl_ramp", "train.kl_schedule", "cyclical"),
                ("train.ema_decay", "train.ema", "true"),
                ("train.capacity_nats", "train.objective", "capacity"),
                ("train.capacity_weight", "train.objective", "capacity"),
                ("train.capacity_epochs", "train.objective", "capacity"),
            ]
            + KeyTable.sprites.map { ($0.name, "data.dataset", "sprites") }
        let usual = rules.compactMap { key, other, needed in
            idle(key, other, [needed])
        }
        return usual
            + KeyTable.ownData.compactMap { key in
                let forms = OwnDataForm.allCases.filter { key.concerns($0) }.map(\.rawValue)
                return self.idle(key.name, "data.dataset", forms)
            }
    }

    private func idle(_ key: String, _ other: String, _ needed: [String]) -> String? {
        guard values.isSet(key), !needed.contains(values.text(other)) else { return nil }
        return "'\(key)' has no effect: '\(other)' is \(values.text(other)), not "
            + needed.joined(separator: " or ")
    }

    private var unusedMap: [String] {
        guard values.isSet("train.init_names"), values.optionalText("train.init") == nil else {
            return []
        }
        return ["'train.init_names' has no effect without 'train.init'"]
    }

    /// A capacity has its full weight from the first step, whatever schedule the KL term would have.
    private var unscheduledKeys: [String] {
        guard values.text("train.objective") == "capacity",
            values.text("train.kl_schedule") != "none"
        else { return [] }
        return ["train.kl_schedule", "train.kl_warmup_epochs"].filter(values.isSet).map {
            "'\($0)' has no effect: with 'train.objective: capacity' the capacity grows, not the weight"
        }
    }
}

extension ConfigKey {
    /// Whether a key about users' own data has a say in this form of them.
    fileprivate func concerns(_ form: OwnDataForm) -> Bool {
        switch name {
        case "data.classes", "data.unreadable": form == .folder
        case "data.labels", "data.layout", "data.values": form == .arrays
        default: true
        }
    }
}

extension PyTorchFile {
    /// A model's tensors: the file's own state dictionary, or the one that training loops put below
    /// `model_state_dict`, `state_dict`, `model` or `ema`; without the "module." that parallel training
    /// puts before every name.
    package func weights() throws -> NamedTensors {
        let places = ["model_state_dict", "state_dict", "model", "ema"]
        let place = places.first { root[$0]?.dictionary != nil }
        let tensors = try tensors(under: place.map { [$0] } ?? [])
        let prefix = "module."
        guard tensors.entries.allSatisfy({ $0.name.hasPrefix(prefix) }) else { return tensors }
        var result = NamedTensors()
        for (name, tensor) in tensors.entries {
            result[String(name.dropFirst(prefix.count))] = tensor
        }
        return result
    }
}

#include "Handles.hpp"

#include <memory>

namespace vae_report {

namespace {
thread_local std::string last_error;
}

void remember(const std::string &message) { last_error = message; }

const dnnl::engine &cpu() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

namespace {
dnnl::stream &stream() {
    static thread_local dnnl::stream stream(cpu());
    return stream;
}
}  // namespace

int argument(dn_role role) {
    switch (role) {
    case DN_SOURCE: return DNNL_ARG_SRC;
    case DN_DESTINATION: return DNNL_ARG_DST;
    case DN_WEIGHTS: return DNNL_ARG_WEIGHTS;
    case DN_BIAS: return DNNL_ARG_BIAS;
    case DN_SOURCE_GRADIENT: return DNNL_ARG_DIFF_SRC;
    case DN_DESTINATION_GRADIENT: return DNNL_ARG_DIFF_DST;
    case DN_WEIGHTS_GRADIENT: return DNNL_ARG_DIFF_WEIGHTS;
    case DN_BIAS_GRADIENT: return DNNL_ARG_DIFF_BIAS;
    case DN_MEAN: return DNNL_ARG_MEAN;
    case DN_VARIANCE: return DNNL_ARG_VARIANCE;
    case DN_SCALE: return DNNL_ARG_SCALE;
    case DN_SHIFT: return DNNL_ARG_SHIFT;
    case DN_SCALE_GRADIENT: return DNNL_ARG_DIFF_SCALE;
    case DN_SHIFT_GRADIENT: return DNNL_ARG_DIFF_SHIFT;
    case DN_WORKSPACE: return DNNL_ARG_WORKSPACE;
    }
    return 0;
}

}  // namespace vae_report

using namespace vae_report;

const char *dn_last_error(void) { return last_error.c_str(); }

const char *dn_version(void) {
    static const std::string text = [] {
        const dnnl_version_t *v = dnnl_version();
        return std::to_string(v->major) + "." + std::to_string(v->minor) + "."
            + std::to_string(v->patch);
    }();
    return text.c_str();
}

dn_status dn_layout_create(const int64_t *sizes, const int *order, int rank, dn_layout **out) {
    return guarded([&] {
        dnnl::memory::dims dimensions(sizes, sizes + rank), strides(rank);
        int64_t stride = 1;
        for (int i = rank - 1; i >= 0; i--) {
            strides[order[i]] = stride;
            stride *= sizes[order[i]];
        }
        *out = new dn_layout{{dimensions, dnnl::memory::data_type::f32, strides}};
    });
}

void dn_layout_destroy(dn_layout *layout) { delete layout; }

bool dn_layout_equal(const dn_layout *a, const dn_layout *b) {
    return a->description == b->description;
}

size_t dn_layout_count(const dn_layout *layout) {
    return (layout->description.get_size() + sizeof(float) - 1) / sizeof(float);
}

dn_status dn_primitive_layout(const dn_primitive *primitive, dn_role role, dn_layout **out) {
    return guarded([&] {
        auto found = primitive->layouts.find(argument(role));
        if (found == primitive->layouts.end() || found->second.get_size() == 0)
            throw dnnl::error(dnnl_unimplemented, "the primitive has no such memory");
        *out = new dn_layout{found->second};
    });
}

dn_status dn_primitive_bind(dn_primitive *primitive, dn_role role, float *memory) {
    return guarded([&] {
        int key = argument(role);
        auto found = primitive->layouts.find(key);
        if (found == primitive->layouts.end())
            throw dnnl::error(dnnl_invalid_arguments, "the primitive has no such memory");
        primitive->arguments.insert_or_assign(key, dnnl::memory(found->second, cpu(), memory));
    });
}

dn_status dn_primitive_run(dn_primitive *primitive) {
    return guarded([&] {
        primitive->primitive.execute(stream(), primitive->arguments);
        stream().wait();
    });
}

const char *dn_primitive_implementation(const dn_primitive *primitive) {
    return primitive->implementation.c_str();
}

void dn_primitive_destroy(dn_primitive *primitive) { delete primitive; }

// Creation of primitives. The one file that knows that oneDNN 3 dropped the operation descriptors.
#include <algorithm>
#include <cstring>
#include <memory>

#include "Handles.hpp"

using namespace vae_report;
using dnnl::algorithm;
using dnnl::memory;
using dnnl::prop_kind;

namespace {

using Dims = memory::dims;

memory::desc free_layout(const Dims &dims) {
    return {dims, memory::data_type::f32, memory::format_tag::any};
}

memory::desc plain_vector(int64_t count) {
    return {{count}, memory::data_type::f32, memory::format_tag::x};
}

memory::desc wanted_or_free(const dn_layout *wanted, const Dims &dims) {
    return wanted ? wanted->description : free_layout(dims);
}

// A primitive made from its description, with the layouts of every role in `keys`.
template <class Primitive, class Description>
dn_primitive *finish(const Description &description, std::initializer_list<int> keys) {
    auto result = std::make_unique<dn_primitive>();
    result->primitive = Primitive(description);
    result->implementation = description.impl_info_str();
    for (int key : keys) {
        memory::desc layout = description.query_md(dnnl::query::exec_arg_md, key);
        if (layout.get_size() > 0) result->layouts.emplace(key, layout);
    }
    return result.release();
}

#if DNNL_VERSION_MAJOR >= 3
// oneDNN 3: a primitive description takes the operation's arguments itself.
template <class Primitive, class... Arguments>
typename Primitive::primitive_desc describe(
    const dnnl::primitive_attr &attributes, Arguments &&...arguments) {
    return {cpu(), std::forward<Arguments>(arguments)..., attributes};
}
template <class Primitive, class Hint, class... Arguments>
typename Primitive::primitive_desc describe_backward(const Hint &hint, Arguments &&...arguments) {
    return {cpu(), std::forward<Arguments>(arguments)..., hint};
}
#else
// oneDNN 2: an operation description first, then the primitive description of it.
template <class Primitive, class... Arguments>
typename Primitive::primitive_desc describe(
    const dnnl::primitive_attr &attributes, Arguments &&...arguments) {
    return {typename Primitive::desc(std::forward<Arguments>(arguments)...), attributes, cpu()};
}
template <class Primitive, class Hint, class... Arguments>
typename Primitive::primitive_desc describe_backward(const Hint &hint, Arguments &&...arguments) {
    return {typename Primitive::desc(std::forward<Arguments>(arguments)...), cpu(), hint};
}
#endif

const auto forward_keys = {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_BIAS, DNNL_ARG_DST};
const auto data_keys = {DNNL_ARG_DIFF_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_DST};
const auto weight_keys = {
    DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_DIFF_BIAS, DNNL_ARG_DIFF_DST};

// The four memory descriptions of a layer. A linear layer is (N, C·H·W) · (O, C·H·W).
struct Memories {
    memory::desc source, weights, bias, destination;

    Memories(const dn_layer &l, const dn_layout *in, const dn_layout *out) {
        source = wanted_or_free(in, {l.batch, l.in_channels, l.in_height, l.in_width});
        Dims result = l.kind == DN_LINEAR
            ? Dims{l.batch, l.out_channels}
            : Dims{l.batch, l.out_channels, l.out_height, l.out_width};
        destination = wanted_or_free(out, result);
        weights = free_layout({l.out_channels, l.in_channels, l.kernel_height, l.kernel_width});
        if (l.bias) bias = plain_vector(l.out_channels);
    }
};

// Padding at the far edge follows from the sizes: what the kernel reaches past the image.
Dims far_padding(const dn_layer &l) {
    bool transposed = l.kind == DN_TRANSPOSED_CONVOLUTION;
    // Rows that a stride leaves over are no padding.
    auto reach = [&](int64_t small, int64_t kernel, int64_t large) {
        return std::max<int64_t>(0, (small - 1) * l.stride + kernel - l.padding - large);
    };
    return transposed ? Dims{reach(l.in_height, l.kernel_height, l.out_height),
                             reach(l.in_width, l.kernel_width, l.out_width)}
                      : Dims{reach(l.out_height, l.kernel_height, l.in_height),
                             reach(l.out_width, l.kernel_width, l.in_width)};
}

template <class Forward, class BackwardData, class BackwardWeights>
dn_primitive *create_convolution(
    const dn_layer &l, dn_direction direction, const Memories &m, algorithm method,
    const dnnl::primitive_attr &attributes) {
    Dims strides{l.stride, l.stride}, near{l.padding, l.padding}, far = far_padding(l);
    bool training = l.training || direction != DN_FORWARD;
    auto kind = training ? prop_kind::forward_training : prop_kind::forward_inference;
    auto forward = describe<Forward>(
        attributes, kind, method, m.source, m.weights, m.bias, m.destination, strides, near, far);
    if (direction == DN_FORWARD) return finish<Forward>(forward, forward_keys);
    if (direction == DN_BACKWARD_DATA)
        return finish<BackwardData>(
            describe_backward<BackwardData>(
                forward, method, m.source, m.weights, m.destination, strides, near, far),
            data_keys);
    return finish<BackwardWeights>(
        describe_backward<BackwardWeights>(
            forward, method, m.source, m.weights, m.bias, m.destination, strides, near, far),
        weight_keys);
}

dn_primitive *create_linear_backward_data(
    const dnnl::inner_product_forward::primitive_desc &forward, const Memories &m) {
    using Backward = dnnl::inner_product_backward_data;
#if DNNL_VERSION_MAJOR >= 3
    auto backward = describe_backward<Backward>(forward, m.source, m.weights, m.destination);
#else
    // oneDNN 2.6's brgemm kernel adds a bias from a null pointer once several threads share the rows:
    // take the next one. The operation's description must outlive the search.
    Backward::desc operation(m.source, m.weights, m.destination);
    Backward::primitive_desc backward(operation, cpu(), forward);
    auto is_broken = [&] { return std::strncmp(backward.impl_info_str(), "brgemm", 6) == 0; };
    while (is_broken() && backward.next_impl()) continue;
#endif
    return finish<Backward>(backward, data_keys);
}

dn_primitive *create_linear(
    const dn_layer &l, dn_direction direction, const Memories &m,
    const dnnl::primitive_attr &attributes) {
    using namespace dnnl;
    bool training = l.training || direction != DN_FORWARD;
    auto kind = training ? prop_kind::forward_training : prop_kind::forward_inference;
    auto forward = describe<inner_product_forward>(
        attributes, kind, m.source, m.weights, m.bias, m.destination);
    if (direction == DN_FORWARD) return finish<inner_product_forward>(forward, forward_keys);
    if (direction == DN_BACKWARD_DATA) return create_linear_backward_data(forward, m);
    return finish<inner_product_backward_weights>(
        describe_backward<inner_product_backward_weights>(
            forward, m.source, m.weights, m.bias, m.destination),
        weight_keys);
}

}  // namespace

dn_status dn_layer_create(
    const dn_layer *layer, dn_direction direction, const dn_layout *source,
    const dn_layout *destination, dn_primitive **out) {
    return guarded([&] {
        Memories memories(*layer, source, destination);
        dnnl::primitive_attr attributes;
        if (layer->relu && direction == DN_FORWARD) {
            dnnl::post_ops after;
#if DNNL_VERSION_MAJOR >= 3
            after.append_eltwise(algorithm::eltwise_relu, 0, 0);
#else
            after.append_eltwise(1, algorithm::eltwise_relu, 0, 0);
#endif
            attributes.set_post_ops(after);
        }
        switch (layer->kind) {
        case DN_LINEAR: *out = create_linear(*layer, direction, memories, attributes); break;
        case DN_CONVOLUTION:
            *out = create_convolution<
                dnnl::convolution_forward, dnnl::convolution_backward_data,
                dnnl::convolution_backward_weights>(
                *layer, direction, memories, algorithm::convolution_direct, attributes);
            break;
        case DN_TRANSPOSED_CONVOLUTION:
            *out = create_convolution<
                dnnl::deconvolution_forward, dnnl::deconvolution_backward_data,
                dnnl::deconvolution_backward_weights>(
                *layer, direction, memories, algorithm::deconvolution_direct, attributes);
            break;
        }
    });
}

dn_status dn_normalization_create(
    const dn_normalization *n, dn_direction direction, const dn_layout *layout,
    dn_primitive **out) {
    return guarded([&] {
        using namespace dnnl;
        auto flags = normalization_flags::use_scale | normalization_flags::use_shift;
        if (n->relu) flags |= normalization_flags::fuse_norm_relu;
        const memory::desc &m = layout->description;
#if DNNL_VERSION_MAJOR >= 3
        auto forward = describe<batch_normalization_forward>(
            {}, prop_kind::forward_training, m, m, n->epsilon, flags);
#else
        auto forward = describe<batch_normalization_forward>(
            {}, prop_kind::forward_training, m, n->epsilon, flags);
#endif
        if (direction == DN_FORWARD) {
            *out = finish<batch_normalization_forward>(
                forward, {DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_MEAN, DNNL_ARG_VARIANCE,
                          DNNL_ARG_SCALE, DNNL_ARG_SHIFT, DNNL_ARG_WORKSPACE});
            return;
        }
#if DNNL_VERSION_MAJOR >= 3
        auto backward = describe_backward<batch_normalization_backward>(
            forward, prop_kind::backward, m, m, m, n->epsilon, flags);
#else
        auto backward = describe_backward<batch_normalization_backward>(
            forward, prop_kind::backward, m, m, n->epsilon, flags);
#endif
        *out = finish<batch_normalization_backward>(
            backward, {DNNL_ARG_SRC, DNNL_ARG_DIFF_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_MEAN,
                       DNNL_ARG_VARIANCE, DNNL_ARG_SCALE, DNNL_ARG_DIFF_SCALE,
                       DNNL_ARG_DIFF_SHIFT, DNNL_ARG_WORKSPACE});
#if DNNL_VERSION_MAJOR < 3
        // oneDNN 2 asks for the shift as well; oneDNN 3 describes one and fails when it is given.
        (*out)->layouts.emplace(
            DNNL_ARG_SHIFT, backward.query_md(dnnl::query::exec_arg_md, DNNL_ARG_SHIFT));
#endif
    });
}

dn_status dn_relu_create(dn_direction direction, const dn_layout *layout, dn_primitive **out) {
    return guarded([&] {
        using namespace dnnl;
        const memory::desc &m = layout->description;
#if DNNL_VERSION_MAJOR >= 3
        auto forward = describe<eltwise_forward>(
            {}, prop_kind::forward_training, algorithm::eltwise_relu, m, m, 0.0f, 0.0f);
#else
        auto forward = describe<eltwise_forward>(
            {}, prop_kind::forward_training, algorithm::eltwise_relu, m, 0.0f, 0.0f);
#endif
        if (direction == DN_FORWARD) {
            *out = finish<eltwise_forward>(forward, {DNNL_ARG_SRC, DNNL_ARG_DST});
            return;
        }
#if DNNL_VERSION_MAJOR >= 3
        auto backward = describe_backward<eltwise_backward>(
            forward, algorithm::eltwise_relu, m, m, m, 0.0f, 0.0f);
#else
        auto backward = describe_backward<eltwise_backward>(
            forward, algorithm::eltwise_relu, m, m, 0.0f, 0.0f);
#endif
        *out = finish<eltwise_backward>(
            backward, {DNNL_ARG_SRC, DNNL_ARG_DIFF_SRC, DNNL_ARG_DIFF_DST});
    });
}

dn_status dn_reorder_create(const dn_layout *from, const dn_layout *to, dn_primitive **out) {
    return guarded([&] {
        dnnl::reorder::primitive_desc description(
            cpu(), from->description, cpu(), to->description);
        auto result = std::make_unique<dn_primitive>();
        result->primitive = dnnl::reorder(description);
        result->implementation = description.impl_info_str();
        result->layouts.emplace(DNNL_ARG_FROM, from->description);
        result->layouts.emplace(DNNL_ARG_TO, to->description);
        *out = result.release();
    });
}

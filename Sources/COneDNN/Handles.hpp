#pragma once
#include <dnnl.hpp>

#include <exception>
#include <new>
#include <string>
#include <unordered_map>

#include "COneDNN.h"

struct dn_layout {
    dnnl::memory::desc description;
};

struct dn_primitive {
    dnnl::primitive primitive;
    std::unordered_map<int, dnnl::memory::desc> layouts;  // by DNNL_ARG_*
    std::unordered_map<int, dnnl::memory> arguments;
    std::string implementation;
};

namespace vae_report {

const dnnl::engine &cpu();
int argument(dn_role role);
void remember(const std::string &message);

// Runs `body`, turning exceptions into statuses.
template <class Body>
dn_status guarded(Body body) {
    try {
        body();
        return DN_OK;
    } catch (const dnnl::error &error) {
        remember(error.what());
        return error.status == dnnl_unimplemented ? DN_UNSUPPORTED
            : error.status == dnnl_out_of_memory  ? DN_OUT_OF_MEMORY
                                                  : DN_FAILED;
    } catch (const std::bad_alloc &) {
        remember("out of memory");
        return DN_OUT_OF_MEMORY;
    } catch (const std::exception &error) {
        remember(error.what());
        return DN_FAILED;
    } catch (...) {
        remember("unknown C++ exception");
        return DN_FAILED;
    }
}

}  // namespace vae_report

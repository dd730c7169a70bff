#pragma once
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>

/// What a JPEG file decodes to.
typedef struct {
    uint32_t width, height;
    /// 1 grey, 3 red, green, blue, 4 cyan, magenta, yellow, black.
    int channels;
    /// Whether four inks are stored as their complements, as Adobe's programs do.
    int is_inverted;
} vae_jpeg_shape;

/// libjpeg's reason for refusing.
typedef struct {
    char text[JMSG_LENGTH_MAX];
    /// Whether decoding takes more than `VAE_JPEG_MOST_MEGABYTES`.
    int is_too_large;
} vae_jpeg_reason;

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf escape;
    vae_jpeg_reason *reason;
} vae_jpeg_errors;

/// What libjpeg may take for a picture in several scans, which it holds whole: 100 million pixels in three colours.
#define VAE_JPEG_MOST_MEGABYTES 640

static inline void vae_jpeg_fail(j_common_ptr info) {
    vae_jpeg_errors *errors = (vae_jpeg_errors *)info->err;
    errors->base.format_message(info, errors->reason->text);
    errors->reason->is_too_large = info->err->msg_code == JERR_NO_BACKING_STORE;
    longjmp(errors->escape, 1);
}

/// A warning that the picture ends early is a failure; others, such as odd bytes between markers, are not.
static inline void vae_jpeg_hear(j_common_ptr info, int level) {
    int code = info->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) vae_jpeg_fail(info);
}

static inline void vae_jpeg_ignore(j_common_ptr info) { (void)info; }

/// A file of a few kilobytes can hold thousands of scans that each take as long as the whole picture.
static inline void vae_jpeg_watch(j_common_ptr info) {
    if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > 500) {
        info->err->msg_code = JERR_BAD_PROGRESSION;
        vae_jpeg_fail(info);
    }
}

static inline void vae_jpeg_describe(j_decompress_ptr info, unsigned shrink, vae_jpeg_shape *shape) {
    int parts = info->num_components;
    info->out_color_space = parts == 1 ? JCS_GRAYSCALE : parts == 4 ? JCS_CMYK : JCS_RGB;
    info->scale_num = 1;
    info->scale_denom = shrink;
    jpeg_calc_output_dimensions(info);
    shape->width = info->output_width;
    shape->height = info->output_height;
    shape->channels = info->out_color_components;
    shape->is_inverted = info->saw_Adobe_marker;
}

/// Decodes a JPEG file, made smaller by `shrink` (1, 2, 4 or 8) on the way; 0 when libjpeg refuses.
///
/// Without `pixels` it only says what they would be. libjpeg leaves a failure by a long jump, which Swift
/// cannot stand in the way of: all of its calls are between `setjmp` and the return.
static inline int vae_jpeg_read(
    const uint8_t *bytes, size_t count, unsigned shrink, vae_jpeg_shape *shape, uint8_t *pixels,
    size_t room, vae_jpeg_reason *reason) {
    struct jpeg_decompress_struct info;
    vae_jpeg_errors errors;
    struct jpeg_progress_mgr progress = {.progress_monitor = vae_jpeg_watch};
    reason->text[0] = 0;
    info.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = vae_jpeg_fail;
    errors.base.emit_message = vae_jpeg_hear;
    errors.base.output_message = vae_jpeg_ignore;
    errors.reason = reason;
    if (setjmp(errors.escape)) {
        jpeg_destroy_decompress(&info);
        return 0;
    }
    jpeg_create_decompress(&info);
    info.progress = &progress;
    info.mem->max_memory_to_use = (long)VAE_JPEG_MOST_MEGABYTES << 20;
    jpeg_mem_src(&info, bytes, (unsigned long)count);
    jpeg_read_header(&info, TRUE);
    vae_jpeg_describe(&info, shrink, shape);
    if (pixels) {
        size_t row_bytes = (size_t)shape->width * (size_t)shape->channels;
        if (room / row_bytes < shape->height) ERREXIT(&info, JERR_OUT_OF_MEMORY);
        jpeg_start_decompress(&info);
        while (info.output_scanline < info.output_height) {
            JSAMPROW row = pixels + info.output_scanline * row_bytes;
            jpeg_read_scanlines(&info, &row, 1);
        }
        jpeg_finish_decompress(&info);
    }
    jpeg_destroy_decompress(&info);
    return 1;
}

#define VAE_JPEG_QUOTE(text) #text
#define VAE_JPEG_TEXT(text) VAE_JPEG_QUOTE(text)

/// The library whose headers this was built with, such as "libjpeg-turbo 2.1.5".
static inline const char *vae_jpeg_library(void) {
#ifdef LIBJPEG_TURBO_VERSION
    return "libjpeg-turbo " VAE_JPEG_TEXT(LIBJPEG_TURBO_VERSION);
#else
    return "libjpeg " VAE_JPEG_TEXT(JPEG_LIB_VERSION_MAJOR) "." VAE_JPEG_TEXT(JPEG_LIB_VERSION_MINOR);
#endif
}

/// The interface of the library that runs, such as "6b  27-Mar-1998".
static inline const char *vae_jpeg_interface(void) {
    struct jpeg_error_mgr errors;
    jpeg_std_error(&errors);
    return errors.jpeg_message_table[JMSG_VERSION];
}

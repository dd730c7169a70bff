#pragma once
#include <png.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/// Pixels of eight bits a channel, or of a place in a palette, row after row.
typedef struct {
    const uint8_t *pixels;
    uint32_t width, height;
    size_t row_bytes;
    /// One of libpng's colour types.
    int color_type;
    /// Red, green, blue, alpha for each of `palette_count` entries; not read for other colour types.
    const uint8_t *palette;
    int palette_count;
} vae_png_picture;

/// Where the file goes, or libpng's reason for refusing.
typedef struct {
    uint8_t *bytes;
    size_t room, count;
    char message[64];
} vae_png_file;

static inline void vae_png_append(png_structp png, png_bytep data, size_t length) {
    vae_png_file *file = (vae_png_file *)png_get_io_ptr(png);
    if (length > file->room - file->count) png_error(png, "the file outgrew its room");
    for (size_t place = 0; place < length; place++) file->bytes[file->count + place] = data[place];
    file->count += length;
}

static inline void vae_png_flush(png_structp png) { (void)png; }

static inline void vae_png_fail(png_structp png, png_const_charp reason) {
    vae_png_file *file = (vae_png_file *)png_get_error_ptr(png);
    snprintf(file->message, sizeof file->message, "%s", reason);
    png_longjmp(png, 1);
}

static inline void vae_png_warn(png_structp png, png_const_charp reason) {
    (void)png;
    (void)reason;
}

static inline void vae_png_set_palette(
    png_structp png, png_infop info, const vae_png_picture *picture) {
    png_color colors[256];
    png_byte alphas[256];
    int translucent = 0;
    for (int place = 0; place < picture->palette_count; place++) {
        const uint8_t *entry = picture->palette + 4 * place;
        colors[place] = (png_color){entry[0], entry[1], entry[2]};
        alphas[place] = entry[3];
        if (entry[3] != 255) translucent = place + 1;
    }
    png_set_PLTE(png, info, colors, picture->palette_count);
    if (translucent) png_set_tRNS(png, info, alphas, translucent, NULL);
}

static inline int vae_png_depth(const vae_png_picture *picture) {
    if (picture->color_type != PNG_COLOR_TYPE_PALETTE || picture->palette_count > 16) return 8;
    return picture->palette_count > 4 ? 4 : picture->palette_count > 2 ? 2 : 1;
}

/// Writes a PNG file with any of `filters` and zlib's `level` and `strategy`; 0 when libpng refuses.
///
/// libpng leaves a failed write by a long jump, which Swift cannot stand in the way of: all of its calls
/// are between `setjmp` and the return.
static inline int vae_png_write(
    const vae_png_picture *picture, int filters, int level, int strategy, vae_png_file *file) {
    file->count = 0;
    file->message[0] = 0;
    png_structp png = png_create_write_struct(
        PNG_LIBPNG_VER_STRING, file, vae_png_fail, vae_png_warn);
    if (!png) return 0;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return 0;
    }
    png_set_write_fn(png, file, vae_png_append, vae_png_flush);
    png_set_IHDR(
        png, info, picture->width, picture->height, vae_png_depth(picture), picture->color_type,
        PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (picture->color_type == PNG_COLOR_TYPE_PALETTE) vae_png_set_palette(png, info, picture);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, filters);
    png_set_compression_level(png, level);
    png_set_compression_mem_level(png, 9);
    png_set_compression_strategy(png, strategy);
    png_write_info(png, info);
    png_set_packing(png);
    for (uint32_t row = 0; row < picture->height; row++)
        png_write_row(png, picture->pixels + row * picture->row_bytes);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return 1;
}

/// Where a file is read from, or libpng's reason for refusing it.
typedef struct {
    const uint8_t *bytes;
    size_t count, place;
    char message[64];
} vae_png_source;

/// What a PNG file decodes to: 1 grey, 2 grey and opacity, 3 colours, 4 colours and opacity.
typedef struct {
    uint32_t width, height;
    int channels;
} vae_png_shape;

static inline void vae_png_take(png_structp png, png_bytep out, size_t length) {
    vae_png_source *source = (vae_png_source *)png_get_io_ptr(png);
    if (length > source->count - source->place) png_error(png, "the file ends early");
    for (size_t byte = 0; byte < length; byte++) out[byte] = source->bytes[source->place + byte];
    source->place += length;
}

static inline void vae_png_refuse(png_structp png, png_const_charp reason) {
    vae_png_source *source = (vae_png_source *)png_get_error_ptr(png);
    snprintf(source->message, sizeof source->message, "%s", reason);
    png_longjmp(png, 1);
}

/// Decodes a PNG file to eight bits a channel, palettes and transparent colours expanded; 0 when libpng
/// refuses. Without `pixels` it only says what they would be.
static inline int vae_png_read(
    vae_png_source *source, vae_png_shape *shape, uint8_t *pixels, size_t room) {
    source->place = 0;
    source->message[0] = 0;
    png_structp png = png_create_read_struct(
        PNG_LIBPNG_VER_STRING, source, vae_png_refuse, vae_png_warn);
    if (!png) return 0;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return 0;
    }
    png_set_read_fn(png, source, vae_png_take);
    png_set_user_limits(png, 65535, 65535);
    // Profiles and texts are passed over: libpng makes room for what they claim to hold, not for what they do.
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, info);
    png_set_expand(png);
    png_set_scale_16(png);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    shape->width = png_get_image_width(png, info);
    shape->height = png_get_image_height(png, info);
    shape->channels = png_get_channels(png, info);
    if (pixels) {
        size_t row_bytes = png_get_rowbytes(png, info);
        if (room / row_bytes < shape->height) png_error(png, "the picture outgrew its room");
        for (int pass = 0; pass < passes; pass++)
            for (uint32_t row = 0; row < shape->height; row++)
                png_read_row(png, pixels + row * row_bytes, NULL);
        png_read_end(png, NULL);
    }
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
}

#define _GNU_SOURCE /* memfd_create() */
#include "output/fonts.h"

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

/* Made by the Makefile from the files of the same names; names of the linker's.
 * NOLINTBEGIN(bugprone-reserved-identifier) */
extern const unsigned char _binary_DejaVuSans_ttf_start[];
extern const unsigned char _binary_DejaVuSans_ttf_end[];
extern const unsigned char _binary_DejaVuSans_Bold_ttf_start[];
extern const unsigned char _binary_DejaVuSans_Bold_ttf_end[];
/* NOLINTEND(bugprone-reserved-identifier) */

static const struct face {
    const char *name;
    const unsigned char *start, *end;
} faces[] = {{"DejaVuSans.ttf", _binary_DejaVuSans_ttf_start,
              _binary_DejaVuSans_ttf_end},
             {"DejaVuSans-Bold.ttf", _binary_DejaVuSans_Bold_ttf_start,
              _binary_DejaVuSans_Bold_ttf_end}};

enum {
    FACE_COUNT = sizeof faces / sizeof *faces
};

/* Fontconfig and FreeType read files only, so each face gets one in memory. It
 * stays open for good: cairo remembers faces by their path, and a path must
 * never come to mean another face. */
static struct {
    pthread_once_t once;
    int file[FACE_COUNT]; /* descriptors */
    int problem;          /* errno; 0: none */
} embedded = {.once = PTHREAD_ONCE_INIT};

struct fonts {
    struct fonts *next; /* on the shelf */
    FcConfig *config;
    PangoFontMap *map;
    const FcCharSet *repertoire; /* of the regular face, owned by config */
};

/* Pango 1.50 has a thread of its own read the configuration and the fonts of
 * the system, as soon as there is a map. Nothing here needs them, a program
 * that ends meanwhile crashes now and then, and what is drawn must not depend
 * on them: so there are none. false: no memory. */
static bool forget_system(void)
{
    FcConfig *none = FcConfigCreate();
    bool set = none && FcConfigSetCurrent(none);
    if (none)
        FcConfigDestroy(none); /* fontconfig keeps a reference */
    return set;
}

static void embed(void)
{
    if (!forget_system())
        embedded.problem = ENOMEM;
    for (int i = 0; i < FACE_COUNT && embedded.problem == 0; i++) {
        const unsigned char *at = faces[i].start;
        int file = memfd_create(faces[i].name, MFD_CLOEXEC);
        while (file >= 0 && at < faces[i].end) {
            ssize_t n = write(file, at, (size_t)(faces[i].end - at));
            if (n <= 0)
                break;
            at += n;
        }
        embedded.file[i] = file;
        if (at < faces[i].end)
            embedded.problem = errno ? errno : ENOSPC;
    }
}

static enum terramis_status no_font(const char *why)
{
    return status_set(TERRAMIS_OUTPUT,
                      _("cannot draw text: the built-in font cannot be "
                        "opened: %s"),
                      why);
}

static enum terramis_status add_face(FcConfig *config, int face)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", embedded.file[face]);
    if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path))
        return no_font(path);
    return TERRAMIS_OK;
}

static enum terramis_status load(struct fonts *fonts)
{
    pthread_once(&embedded.once, embed);
    if (embedded.problem)
        return no_font(strerror(embedded.problem));
    fonts->config = FcConfigCreate();
    if (!fonts->config)
        return status_no_memory();
    for (int i = 0; i < FACE_COUNT; i++)
        TRY(add_face(fonts->config, i));
    FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    FcCharSet *repertoire = NULL;
    if (!set || set->nfont < FACE_COUNT ||
        FcPatternGetCharSet(set->fonts[0], FC_CHARSET, 0, &repertoire) !=
            FcResultMatch)
        return no_font(faces[0].name);
    fonts->repertoire = repertoire;
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!fonts->map)
        return status_set(TERRAMIS_OUTPUT,
                          _("cannot draw text: Pango was built "
                            "without FreeType"));
    /* the getter waits for that thread */
    (void)pango_fc_font_map_get_config(PANGO_FC_FONT_MAP(fonts->map));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    return TERRAMIS_OK;
}

/* Those that nobody draws with. Pango 1.50 has a thread of its own at work on
 * every map; when a map is cleared or released meanwhile, both take from one
 * table, and now and then the program crashes. So no map ever is: the next to
 * draw takes it from here. There are no more of them than threads. */
static struct {
    pthread_mutex_t lock;
    struct fonts *first;
} shelf = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* NULL: there is none. */
static struct fonts *take(void)
{
    pthread_mutex_lock(&shelf.lock);
    struct fonts *fonts = shelf.first;
    if (fonts)
        shelf.first = fonts->next;
    pthread_mutex_unlock(&shelf.lock);
    return fonts;
}

enum terramis_status fonts_open(struct fonts **out)
{
    *out = take();
    if (*out)
        return TERRAMIS_OK;
    TRY(mem_new(out, 1, sizeof **out));
    enum terramis_status status = load(*out);
    if (status != TERRAMIS_OK) { /* before there was a map */
        if ((*out)->config)
            FcConfigDestroy((*out)->config);
        free(*out);
        *out = NULL;
    }
    return status;
}

void fonts_free(struct fonts *fonts)
{
    if (!fonts)
        return;
    pthread_mutex_lock(&shelf.lock);
    fonts->next = shelf.first;
    shelf.first = fonts;
    pthread_mutex_unlock(&shelf.lock);
}

bool fonts_have(const struct fonts *fonts, gunichar character)
{
    return FcCharSetHasChar(fonts->repertoire, character);
}

PangoContext *fonts_context(const struct fonts *fonts, const char *language)
{
    PangoContext *context = pango_font_map_create_context(fonts->map);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(language));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    return context;
}

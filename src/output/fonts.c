#include "output/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

#ifndef TERRAMIS_FONTS
#define TERRAMIS_FONTS "/usr/share/fonts/truetype/dejavu"
#endif

struct fonts {
    FcConfig *config;
    PangoFontMap *map;
    const FcCharSet *repertoire; /* of the regular face, owned by config */
};

static enum terramis_status add_file(FcConfig *config, const char *folder,
                                     const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK &&
        !FcConfigAppFontAddFile(config, (const FcChar8 *)text_get(&path)))
        status = status_set(TERRAMIS_OUTPUT,
                            _("cannot draw text: no usable font in %s (install "
                              "the package fonts-dejavu-core)"),
                            text_get(&path));
    text_release(&path);
    return status;
}

static enum terramis_status load(struct fonts *fonts, const char *folder)
{
    fonts->config = FcConfigCreate();
    if (!fonts->config)
        return status_no_memory();
    TRY(add_file(fonts->config, folder, "DejaVuSans.ttf"));
    TRY(add_file(fonts->config, folder, "DejaVuSans-Bold.ttf"));
    FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
    FcCharSet *repertoire = NULL;
    if (!set || set->nfont < 2 ||
        FcPatternGetCharSet(set->fonts[0], FC_CHARSET, 0, &repertoire) !=
            FcResultMatch)
        return status_set(TERRAMIS_OUTPUT,
                          _("cannot draw text: the fonts in %s have no "
                            "characters"),
                          folder);
    fonts->repertoire = repertoire;
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!fonts->map)
        return status_set(TERRAMIS_OUTPUT,
                          _("cannot draw text: Pango was built "
                            "without FreeType"));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    return TERRAMIS_OK;
}

enum terramis_status fonts_open(const char *folder, struct fonts **out)
{
    struct fonts *fonts = NULL;
    TRY(mem_new(&fonts, 1, sizeof *fonts));
    enum terramis_status status = load(fonts, folder ? folder : TERRAMIS_FONTS);
    if (status != TERRAMIS_OK) {
        fonts_free(fonts);
        fonts = NULL;
    }
    *out = fonts;
    return status;
}

void fonts_free(struct fonts *fonts)
{
    if (!fonts)
        return;
    if (fonts->map) {
        /* Pango 1.50 keeps its reference on the configuration for ever */
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), NULL);
        g_object_unref(fonts->map);
    }
    if (fonts->config)
        FcConfigDestroy(fonts->config);
    free(fonts);
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

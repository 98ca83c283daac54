/**
 * @file sample_map.h
 * @brief A made-up territory with a ragged edge and five classes.
 */
#ifndef UNIT_OUTPUT_SAMPLE_MAP_H
#define UNIT_OUTPUT_SAMPLE_MAP_H

#include <math.h>
#include <stdlib.h>

#include "output/labels.h"
#include "output/map.h"
#include "output/palette.h"

enum {
    SAMPLE_EDGE = 720,
    SAMPLE_ROWS = 6
};

struct sample {
    double edge[2 * SAMPLE_EDGE];
    size_t start[2];
    double river[8];
    size_t river_start[2];
    unsigned colours[256];
    struct map_legend_row rows[SAMPLE_ROWS];
    struct map_layer layers[3];
    struct map_place places[4];
    double road[6];
    struct map_line lines[3];
    struct raster_image image;
    struct map map;
};

/** Distance of the territory's edge from its middle, metres. */
static double sample_radius(double angle)
{
    return 12000 + 2500 * sin(3 * angle) + 900 * sin(11 * angle + 1) +
           350 * sin(37 * angle) + 150 * sin(97 * angle);
}

static void sample_cells(struct sample *s, double x0, double y0)
{
    struct grid *grid = &s->image.grid;
    grid_cover(s->map.extent, 50, grid);
    s->image.cells = calloc(grid_cells(grid), 1);
    size_t i = 0;
    for (int row = 0; row < grid->ny; row++)
        for (int col = 0; col < grid->nx; col++, i++) {
            double x = grid_x(grid, col) - x0, y = grid_y(grid, row) - y0;
            double wave = sin(x / 900) + sin(y / 700) + sin((x + y) / 400);
            if (hypot(x, y) < sample_radius(atan2(y, x)) && wave > -0.5)
                s->image.cells[i] =
                    (unsigned char)(1 + (int)(3 * wave + 20) % 6);
        }
    s->map.images = &s->image;
    s->map.image_count = 1;
}

static void sample_legend(struct sample *s)
{
    for (int i = 1; i <= SAMPLE_ROWS; i++) {
        s->colours[i] = palette_opaque(palette_class(i));
        s->map.hatch[i] = i == 6;
        s->rows[i - 1] = (struct map_legend_row){
            label_text(label_class(i), LANGUAGE_FR), s->colours[i], i == 6,
            1234.5 * i, i / 21.0};
    }
    s->map.colours = s->colours;
    s->map.rows = s->rows;
    s->map.row_count = SAMPLE_ROWS;
    s->map.legend_total = true;
    s->map.legend_title = label_text(LABEL_LEGEND_CLASS, LANGUAGE_FR);
}

static void sample_layers(struct sample *s, double x0, double y0)
{
    const double river[] = {-16000, 2000, -4000, -3000, 3000, 4000, 16000, 0};
    for (int i = 0; i < 8; i++)
        s->river[i] = river[i] + (i % 2 ? y0 : x0);
    s->river_start[1] = 4;
    s->start[1] = SAMPLE_EDGE;
    s->layers[0] = (struct map_layer){.xy = s->edge,
                                      .start = s->start,
                                      .count = 1,
                                      .closed = true,
                                      .below = true,
                                      .fill = 0xffffffff};
    s->layers[1] = (struct map_layer){.xy = s->river,
                                      .start = s->river_start,
                                      .count = 1,
                                      .stroke = 0xff3f7fbf,
                                      .width_mm = 0.5,
                                      .label = "Cours d’eau"};
    s->layers[2] = s->layers[0];
    s->layers[2].below = false;
    s->layers[2].fill = 0;
    s->layers[2].stroke = 0xff222222;
    s->layers[2].width_mm = 0.6;
    s->layers[2].label = "Limite du territoire";
    s->map.layers = s->layers;
    s->map.layer_count = 3;
    s->map.land = s->layers;
    s->places[0] = (struct map_place){x0, y0, "Bolbec", PLACE_NAME};
    s->places[1] = (struct map_place){x0 + 100, y0, "Trop près", PLACE_NAME};
    s->places[2] =
        (struct map_place){x0 + 5000, y0 - 4000, "L’Œuf-en-Caux", PLACE_NAME};
    s->places[3] = (struct map_place){x0 + 90000, y0, "Hors cadre", PLACE_NAME};
    s->map.places = s->places;
    s->map.place_count = 4;
    const double road[] = {-9000, -6000, 0, -7000, 9000, -2000};
    for (int i = 0; i < 6; i++)
        s->road[i] = road[i] + (i % 2 ? y0 : x0);
    s->lines[0] =
        (struct map_line){s->river, 4, "la Rivière", LINE_WATER, false};
    s->lines[1] = (struct map_line){s->road, 3, "A 13", LINE_ROAD, false};
    s->lines[2] = (struct map_line){s->road, 3, "D 982", LINE_ROAD, false};
    s->map.lines = s->lines;
    s->map.line_count = 3;
}

/** Release with sample_release(). */
static inline struct sample *sample_new(void)
{
    const double x0 = 520000, y0 = 6940000;
    struct sample *s = calloc(1, sizeof *s);
    s->map = (struct map){.title = "Classes d’aptitude au miscanthus",
                          .subtitle = "Territoire d’essai",
                          .organisation = "Niomis G3",
                          .date = "14 juillet 2026",
                          .crs_name = "Lambert-93 (EPSG:2154)",
                          .method_note = "Combinaison linéaire pondérée.",
                          .sources = "IGN, BD TOPO (mars 2026)\nINRAE (2022)",
                          .licence = "Licence Ouverte 2.0",
                          .version = "Terramis",
                          .synthetic = true,
                          .extent = rect_empty()};
    for (int i = 0; i < SAMPLE_EDGE; i++) {
        double angle = i * 2 * 3.14159265358979 / SAMPLE_EDGE;
        double x = x0 + sample_radius(angle) * cos(angle);
        double y = y0 + sample_radius(angle) * sin(angle);
        s->edge[2 * i] = x;
        s->edge[2 * i + 1] = y;
        s->map.extent = rect_union(s->map.extent, (struct rect){x, y, x, y});
    }
    sample_cells(s, x0, y0);
    sample_legend(s);
    sample_layers(s, x0, y0);
    return s;
}

static inline void sample_release(struct sample *sample)
{
    free(sample->image.cells);
    free(sample);
}

#endif

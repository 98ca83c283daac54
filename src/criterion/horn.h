/**
 * @file horn.h
 * @brief Gradient of a terrain raster: weighted differences over 3 x 3 cells
 * (Horn 1981, Proc. IEEE 69(1)).
 */
#ifndef CRITERION_HORN_H
#define CRITERION_HORN_H

/** Rise per run. */
struct horn {
    double east, north;
};

/** From the western cells of three rows of three, northern row first, cells
 * `dx` wide and `dy` high. NaN of any, the middle one included, gives NaN in
 * `east`. */
static inline struct horn horn_at(const float *a, const float *b,
                                  const float *c, double dx, double dy)
{
    double nw = (double)a[0], ne = (double)a[2];
    double sw = (double)c[0], se = (double)c[2];
    /* the middle has no weight, but without data it has no gradient */
    double hole = 0.0 * (double)b[1];
    return (struct horn){.east = ((ne + 2.0 * (double)b[2] + se) -
                                  (nw + 2.0 * (double)b[0] + sw)) /
                                     (8 * dx) +
                                 hole,
                         .north = ((nw + 2.0 * (double)a[1] + ne) -
                                   (sw + 2.0 * (double)c[1] + se)) /
                                  (8 * dy)};
}

#endif

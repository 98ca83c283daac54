#include "demo/pilot.h"

#include <stdlib.h>

#include "demo/noise.h"

/* Contents of the two territories, from general knowledge of the maps. */
const struct pilot pilots[PILOT_COUNT] = {
    {.id = "caux-seine",
     .name = "Caux Seine Agglo",
     .siren = "200010700",
     .insee = 76901,
     .communes = 50,
     .area = 575950000,
     .seed = 760107,
     .plateau = 122,
     .tilt = -0.5,
     .relief = 13,
     .rain = 920,
     .temperature = 10.7,
     .brooks = 7,
     .wood = -0.05,
     .outline = {{529500, 6949500}, {529000, 6944500}, {533500, 6943000},
                 {536000, 6945500}, {541000, 6939500}, {541500, 6936000},
                 {538500, 6934000}, {541500, 6931000}, {540500, 6926000},
                 {535000, 6925500}, {530500, 6925000}, {528000, 6927500},
                 {529000, 6930000}, {525000, 6928500}, {522000, 6931500},
                 {519000, 6934500}, {514000, 6932000}, {514500, 6936500},
                 {516000, 6937000}, {513000, 6940500}, {514000, 6943500},
                 {510500, 6944000}, {509800, 6947000}, {513500, 6948000},
                 {514500, 6950500}, {517000, 6949500}, {523500, 6957500},
                 {525500, 6955500}, {533000, 6956500}, {0, 0}},
     .towns = {{517300, 6944600},
               {521500, 6938200},
               {520900, 6934900},
               {535300, 6939600},
               {0, 0}},
     .guides = {{"la Seine",
                 800,
                 900,
                 0.34,
                 0,
                 3,
                 {{547000, 6931500, 2.5},
                  {542700, 6932200, 2.3},
                  {538800, 6934600, 2.2},
                  {537300, 6938000, 2.1},
                  {534200, 6938900, 2.0},
                  {531400, 6937300, 1.9},
                  {530400, 6934200, 1.8},
                  {529200, 6930400, 1.7},
                  {527100, 6928200, 1.6},
                  {524100, 6929900, 1.5},
                  {520700, 6932800, 1.3},
                  {516400, 6932700, 1.2},
                  {511500, 6931900, 1.0},
                  {504000, 6931000, 0.8}}},
                {"le Commerce",
                 5,
                 110,
                 0.2,
                 600,
                 1,
                 {{514200, 6947600, 92},
                  {517000, 6944700, 58},
                  {519000, 6941800, 36},
                  {521400, 6937900, 14},
                  {522000, 6935500, 6},
                  {520900, 6933300, 2}}},
                {"la Sainte-Gertrude",
                 4,
                 90,
                 0.2,
                 600,
                 1,
                 {{529000, 6947800, 78},
                  {531200, 6944900, 42},
                  {533000, 6942300, 14},
                  {534300, 6939000, 2.5}}},
                {NULL}}},
    {.id = "lisieux",
     .name = "Agglo Lisieux Normandie",
     .siren = "200069532",
     .insee = 14901,
     .communes = 53,
     .area = 959140000,
     .seed = 140695,
     .plateau = 168,
     .tilt = 2.0,
     .relief = 17,
     .rain = 790,
     .temperature = 10.8,
     .brooks = 2.5,
     .wood = 0.02,
     .outline = {{512000, 6884000}, {510500, 6875500},
                 {508000, 6878000}, {504500, 6874500},
                 {499500, 6877500}, {491500, 6873000},
                 {489500, 6876500}, {484500, 6871200},
                 {478000, 6875500}, {479500, 6878500},
                 {476000, 6886500}, {469500, 6888500},
                 {471000, 6890500}, {473500, 6889500},
                 {474000, 6893000}, {471500, 6893500},
                 {476000, 6900000}, {481000, 6899000},
                 {484000, 6902000}, {490500, 6898500},
                 {495000, 6901500}, {494000, 6905000},
                 {497000, 6906200}, {498500, 6902000},
                 {503500, 6902000}, {503500, 6905000},
                 {506000, 6906700}, {510000, 6905000},
                 {509500, 6898000}, {512800, 6896500},
                 {510500, 6893000}, {0, 0}},
     .towns = {{497600, 6897400},
               {510300, 6883200},
               {476200, 6891000},
               {491700, 6882300},
               {478800, 6884200},
               {0, 0}},
     .guides = {{"la Touques",
                 14,
                 240,
                 0.16,
                 700,
                 2,
                 {{502000, 6864000, 98},
                  {500100, 6875700, 76},
                  {499700, 6885700, 58},
                  {498100, 6892400, 45},
                  {497400, 6897500, 36},
                  {497500, 6906900, 19},
                  {495500, 6914000, 10}}},
                {"l'Orbiquet",
                 8,
                 140,
                 0.17,
                 700,
                 1,
                 {{514000, 6874500, 150},
                  {511900, 6879700, 122},
                  {510400, 6882900, 100},
                  {507100, 6887700, 78},
                  {502200, 6893400, 54},
                  {497500, 6897100, 37}}},
                {"la Vie",
                 9,
                 180,
                 0.14,
                 800,
                 1,
                 {{496500, 6868500, 150},
                  {493500, 6876500, 105},
                  {491500, 6882100, 70},
                  {484400, 6886800, 38},
                  {478700, 6892000, 17},
                  {474500, 6897500, 9}}},
                {"la Dives",
                 12,
                 600,
                 0.1,
                 700,
                 2,
                 {{480300, 6864500, 66},
                  {478100, 6876500, 46},
                  {477000, 6884300, 28},
                  {475800, 6891000, 15},
                  {474500, 6897500, 8},
                  {471000, 6904500, 5},
                  {468500, 6914000, 3}}}}},
};

static enum terramis_status roughen(struct points *ring, uint64_t seed,
                                    double share)
{
    struct points out = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < ring->count && status == TERRAMIS_OK; i++) {
        struct point a = ring->at[i], b = ring->at[(i + 1) % ring->count];
        int64_t x = (int64_t)a.x, y = (int64_t)a.y;
        double along = 0.4 + 0.2 * noise_hash(seed, x, y);
        double aside = share * (noise_hash(seed + 1, x, y) * 2 - 1);
        double dx = b.x - a.x, dy = b.y - a.y;
        status = points_add(&out, a.x, a.y);
        if (status == TERRAMIS_OK)
            status = points_add(&out, a.x + along * dx - aside * dy,
                                a.y + along * dy + aside * dx);
    }
    free(ring->at);
    *ring = out;
    return status;
}

enum terramis_status pilot_outline(const struct pilot *pilot,
                                   struct points *outline)
{
    *outline = (struct points){0};
    for (const struct point *p = pilot->outline; p->x > 0; p++)
        TRY(points_add(outline, p->x, p->y));
    for (uint64_t level = 0; level < 4; level++)
        TRY(roughen(outline, pilot->seed + 10 * level, 0.17));
    struct ring ring = {outline->at, outline->count};
    double area = ring_area(ring);
    struct point c = {0, 0};
    for (size_t i = 0; i < outline->count; i++) {
        c.x += outline->at[i].x / (double)outline->count;
        c.y += outline->at[i].y / (double)outline->count;
    }
    double scale = sqrt(pilot->area / fabs(area));
    for (size_t i = 0; i < outline->count; i++) {
        struct point *p = &outline->at[i];
        p->x = c.x + scale * (p->x - c.x);
        p->y = c.y + scale * (p->y - c.y);
    }
    for (size_t i = 0; area < 0 && i < outline->count / 2; i++) {
        struct point swap = outline->at[i];
        outline->at[i] = outline->at[outline->count - 1 - i];
        outline->at[outline->count - 1 - i] = swap;
    }
    return TERRAMIS_OK;
}

/* Catmull-Rom: through all points, smooth; t in 0..1 between b and c. */
static double spline(double a, double b, double c, double d, double t)
{
    return b +
           0.5 * t *
               (c - a +
                t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

static size_t guide_count(const struct guide *guide)
{
    size_t n = 0;
    while (n < GUIDE_POINTS && guide->at[n].x > 0)
        n++;
    return n;
}

enum terramis_status pilot_course(const struct pilot *pilot,
                                  const struct guide *guide,
                                  struct points *course, double **levels)
{
    enum {
        STEPS = 20
    };
    size_t n = guide_count(guide);
    *course = (struct points){0};
    *levels = NULL;
    TRY(mem_new(levels, n * STEPS, sizeof **levels));
    for (size_t i = 0; i + 1 < n; i++)
        for (int s = 0; s < STEPS + (i + 2 == n); s++) {
            double t = (double)s / STEPS;
            size_t a = i ? i - 1 : 0, d = i + 2 < n ? i + 2 : n - 1;
            double x = spline(guide->at[a].x, guide->at[i].x,
                              guide->at[i + 1].x, guide->at[d].x, t);
            double y = spline(guide->at[a].y, guide->at[i].y,
                              guide->at[i + 1].y, guide->at[d].y, t);
            (*levels)[course->count] =
                guide->at[i].z + t * (guide->at[i + 1].z - guide->at[i].z);
            uint64_t seed = pilot->seed + 77;
            double dx = noise_fbm(seed, x, y, 2800, 4) * guide->meander;
            double dy = noise_fbm(seed + 9, x, y, 2800, 4) * guide->meander;
            TRY(points_add(course, x + dx, y + dy));
        }
    return TERRAMIS_OK;
}

#include "run/plot.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "membership/membership.h"
#include "output/file.h"
#include "param/notation.h"

/* The picture's frame, in pixels. */
enum {
    WIDTH = 420,
    HEIGHT = 260,
    LEFT = 44,
    TOP = 52,
    RIGHT = WIDTH - 14,
    BOTTOM = HEIGHT - 34,
    STEPS = 360 /* of a curve */
};

static const char head[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
    "font-family=\"sans-serif\" font-size=\"11\">\n"
    "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n";

/* Reads the example's settings as a project file's. */
static enum terramis_status read_example(struct arena *arena,
                                         const struct operator* op,
                                         struct operator_use *use)
{
    static const struct param rows[] = {
        {.name = "kind", .type = PARAM_OPERATOR}, {.name = NULL}};
    struct problems problems = {.file = op->name};
    struct param_reader reader = {.arena = arena,
                                  .dir = ".",
                                  .registries = &membership_registry,
                                  .registry_count = 1,
                                  .problems = &problems};
    struct text text = {0};
    struct setting map;
    struct operator_use self = {.op = op};
    text_addf(&text, "{kind: %s, %s}", op->name, membership_of(&self)->example);
    enum terramis_status status = text_status(&text);
    if (status == TERRAMIS_OK && !notation_parse(arena, text_get(&text), &map))
        status = status_no_memory();
    if (status == TERRAMIS_OK)
        status = param_read(&reader, rows, &map, use);
    if (status == TERRAMIS_OK)
        status = problems_status(&problems);
    problems_release(&problems);
    text_release(&text);
    return status;
}

static double x_at(const double range[2], double x)
{
    return LEFT + (RIGHT - LEFT) * (x - range[0]) / (range[1] - range[0]);
}

static double y_at(double y)
{
    return BOTTOM - (BOTTOM - TOP) * y;
}

/* Titles, the frame, and lines at 0, 0.25 ... 1. */
static void draw_frame(struct text *svg, const struct membership_op *op)
{
    text_addf(svg, head, WIDTH, HEIGHT);
    text_addf(svg, "<text x=\"%d\" y=\"18\" font-size=\"14\">%s</text>\n", LEFT,
              op->op.name);
    text_addf(svg, "<text x=\"%d\" y=\"36\" fill=\"#555\">", LEFT);
    text_add_xml(svg, op->example);
    text_add(svg, "</text>\n");
    for (int i = 0; i <= 4; i++) {
        double y = y_at(i / 4.0);
        text_addf(svg,
                  "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" "
                  "y=\"%.1f\" text-anchor=\"end\">%g</text>\n",
                  LEFT, y, RIGHT, LEFT - 6, y + 4, i / 4.0);
    }
    for (int i = 0; i <= 4; i++) {
        double x = op->range[0] + (op->range[1] - op->range[0]) * i / 4;
        text_addf(svg,
                  "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%g</text>"
                  "\n",
                  x_at(op->range, x), BOTTOM + 18, x);
    }
}

static void draw_curve(struct text *svg, const struct membership_op *op,
                       const struct membership_bound *bound)
{
    float in[STEPS + 1], out[STEPS + 1];
    for (int i = 0; i <= STEPS; i++)
        in[i] =
            (float)(op->range[0] + (op->range[1] - op->range[0]) * i / STEPS);
    op->run(bound, in, STEPS + 1, out);
    text_add(svg, "<path fill=\"none\" stroke=\"#1b7837\" stroke-width=\"2\" "
                  "d=\"");
    for (int i = 0; i <= STEPS; i++)
        text_addf(svg, "%c%.1f %.1f", i ? 'L' : 'M',
                  x_at(op->range, (double)in[i]), y_at((double)out[i]));
    text_add(svg, "\"/>\n");
}

/* Classes have no values between them: a dot for each. */
static void draw_classes(struct text *svg, const struct membership_op *op,
                         const struct membership_bound *bound)
{
    int last = (int)(op->range[1] - op->range[0]);
    for (int i = 0; i <= last; i++) {
        double x = op->range[0] + i;
        float in = (float)x, out;
        op->run(bound, &in, 1, &out);
        text_addf(svg,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1b7837\"/>"
                  "\n",
                  x_at(op->range, x), y_at((double)out));
    }
}

static enum terramis_status plot(const struct operator* op, const char *path)
{
    struct arena arena = {0};
    struct operator_use use;
    struct membership_bound bound = {.params = NULL};
    struct text svg = {0};
    enum terramis_status status = read_example(&arena, op, &use);
    if (status == TERRAMIS_OK)
        status = membership_bind(&bound, &use, NULL);
    if (status == TERRAMIS_OK) {
        const struct membership_op *membership = membership_of(&use);
        draw_frame(&svg, membership);
        (membership->classes ? draw_classes : draw_curve)(&svg, membership,
                                                          &bound);
        text_add(&svg, "</svg>\n");
        status = file_save(path, &svg);
    }
    membership_release(&bound);
    text_release(&svg);
    arena_release(&arena);
    return status;
}

/* The pictures with formulae, sources and settings, as a page of Markdown. */
static enum terramis_status write_page(const char *dir, FILE *stream)
{
    struct text path = {0};
    struct file file = {.stream = NULL};
    text_addf(&path, "%s/README.md", dir);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = file_create(&file, text_get(&path));
    if (status != TERRAMIS_OK) {
        text_release(&path);
        return status;
    }
    fputs(_("# Membership functions\n\nWritten by `terramis list memberships "
            "--out`; each picture shows the settings above its curve.\n"),
          file.stream);
    for (size_t i = 0; i < membership_registry.count; i++) {
        const struct operator* op = membership_registry.ops[i];
        fprintf(file.stream, "\n## %s\n\n![%s](%s.svg)\n\n%s\n\n```\n",
                op->name, op->name, op->name, _(op->summary));
        fprintf(file.stream, _("    formula: %s\n"), op->formula);
        fprintf(file.stream, _("    source: %s\n"), op->source);
        param_print(op->params, 4, file.stream);
        fputs("```\n", file.stream);
    }
    status = file_commit(&file);
    if (status == TERRAMIS_OK)
        fprintf(stream, "%s\n", text_get(&path));
    text_release(&path);
    return status;
}

/* The page of somebody else's folder, a repository say? */
static enum terramis_status check_page(const char *dir)
{
    struct text page = {0}, first = {0};
    text_addf(&page, "%s/README.md", dir);
    text_addf(&first, "%s/%s.svg", dir, membership_registry.ops[0]->name);
    enum terramis_status status = text_status(&page);
    if (status == TERRAMIS_OK && access(text_get(&page), F_OK) == 0 &&
        access(text_get(&first), F_OK) != 0)
        status = status_set(TERRAMIS_OUTPUT,
                            _("%s: is there and was not written by terramis. "
                              "Give another folder with --out"),
                            text_get(&page));
    text_release(&first);
    text_release(&page);
    return status;
}

enum terramis_status plot_memberships(const char *dir, FILE *stream)
{
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        return status_set(TERRAMIS_OUTPUT, _("cannot make folder %s: %s"), dir,
                          strerror(errno));
    TRY(check_page(dir));
    for (size_t i = 0; i < membership_registry.count; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s.svg", dir, membership_registry.ops[i]->name);
        enum terramis_status status = text_status(&path);
        if (status == TERRAMIS_OK)
            status = plot(membership_registry.ops[i], text_get(&path));
        if (status == TERRAMIS_OK)
            fprintf(stream, "%s\n", text_get(&path));
        text_release(&path);
        TRY(status);
    }
    return write_page(dir, stream);
}

#include "config/yaml_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static enum terramis_status wrong(const struct yaml_tree *tree, struct place at,
                                  const char *what)
{
    return status_set(TERRAMIS_PROJECT, "%s:%d:%d: %s", tree->name, at.line,
                      at.column, what);
}

/* Where an event stands; an empty value has no token: where its key does. */
static struct place event_place(const struct yaml_tree *tree,
                                struct fy_event *event)
{
    struct place at = {1, 1};
    if (tree->depth > 0) {
        const struct yaml_frame *top = &tree->frames[tree->depth - 1];
        at = top->has_key ? top->key_at : top->node.at;
    }
    const struct fy_mark *mark = fy_event_start_mark(event);
    if (!mark)
        return at;
    /* libfyaml's mark of a quoted text lies after the quote, that of an alias
     * after the star */
    bool behind = event->type == FYET_ALIAS;
    if (event->type == FYET_SCALAR) {
        enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
        behind = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    }
    return (struct place){mark->line + 1, mark->column + (behind ? 0 : 1)};
}

/* A copy of the token's text; NULL with the status for an error. */
static enum terramis_status take_text(const struct yaml_tree *tree,
                                      struct fy_token *token, struct place at,
                                      const char **text)
{
    size_t length = 0;
    const char *start = fy_token_get_text(token, &length);
    if (!start)
        return status_no_memory();
    if (memchr(start, '\0', length))
        return wrong(tree, at,
                     _("a text may not hold the character NUL (\\0)"));
    char *copy = arena_alloc(tree->arena, length + 1, 1);
    if (!copy)
        return status_no_memory();
    memcpy(copy, start, length);
    if (!text_is_clean(copy))
        return wrong(tree, at,
                     _("a text may not hold control characters (\\x01) or "
                       "noncharacters (U+FFFE)"));
    *text = copy;
    return TERRAMIS_OK;
}

/* Anchors may be used again by the same name: the last one counts. */
static struct yaml_anchor *find_anchor(const struct yaml_tree *tree,
                                       const char *name)
{
    for (size_t i = tree->anchor_count; i-- > 0;)
        if (strcmp(tree->anchors[i].name, name) == 0)
            return &tree->anchors[i];
    return NULL;
}

static enum terramis_status add_anchor(struct yaml_tree *tree,
                                       struct fy_token *token, struct place at,
                                       int *index)
{
    *index = -1;
    if (!token)
        return TERRAMIS_OK;
    if (tree->anchor_count == YAML_ANCHORS_MAX)
        return wrong(tree, at, _("more than 1000 anchors (&name). Use fewer"));
    TRY(mem_grow(&tree->anchors, &tree->anchor_capacity, tree->anchor_count,
                 sizeof *tree->anchors));
    struct yaml_anchor anchor = {.open = true};
    TRY(take_text(tree, token, at, &anchor.name));
    *index = (int)tree->anchor_count;
    tree->anchors[tree->anchor_count++] = anchor;
    return TERRAMIS_OK;
}

static void close_anchor(struct yaml_tree *tree, int index, struct setting node,
                         size_t nodes, int height)
{
    if (index < 0)
        return;
    struct yaml_anchor *anchor = &tree->anchors[index];
    anchor->node = node;
    anchor->nodes = nodes;
    anchor->height = height;
    anchor->open = false;
}

/* Adds a finished node to the innermost open map or list, or makes it the
 * root. `nodes` and `height`: what it stands for with aliases written out. */
static enum terramis_status
add_node(struct yaml_tree *tree, struct setting node, size_t nodes, int height)
{
    if (tree->depth == 0) {
        *tree->root = node;
        tree->has_root = true;
        return TERRAMIS_OK;
    }
    struct yaml_frame *top = &tree->frames[tree->depth - 1];
    node.key = top->key;
    node.key_at = top->key_at;
    top->key = NULL;
    top->has_key = false;
    top->nodes += nodes;
    if (height > top->height)
        top->height = height;
    TRY(mem_grow(&tree->children, &tree->capacity, tree->count,
                 sizeof *tree->children));
    tree->children[tree->count++] = node;
    return TERRAMIS_OK;
}

/* Counts what a node stands for, against anchors that expand without end. */
static enum terramis_status count_nodes(struct yaml_tree *tree, struct place at,
                                        size_t nodes, int height)
{
    tree->nodes += nodes;
    if (tree->nodes > YAML_NODES_MAX)
        return wrong(
            tree, at,
            _("more than 100000 settings, counting an alias (*name) as "
              "all that it stands for. Use fewer"));
    if (tree->depth + height > YAML_DEPTH_MAX)
        return wrong(
            tree, at,
            _("maps and lists inside one another deeper than 64 levels"));
    return TERRAMIS_OK;
}

static bool wants_key(const struct yaml_tree *tree)
{
    const struct yaml_frame *top =
        tree->depth ? &tree->frames[tree->depth - 1] : NULL;
    return top && top->node.kind == SETTING_MAP && !top->has_key;
}

static enum terramis_status take_key(struct yaml_tree *tree,
                                     struct fy_event *event, struct place at)
{
    struct yaml_frame *top = &tree->frames[tree->depth - 1];
    struct fy_token *token = fy_event_get_token(event);
    if (event->type != FYET_SCALAR || !token)
        return wrong(tree, at, _("a key must be a plain text, such as title:"));
    if (event->scalar.anchor)
        return wrong(tree, at, _("an anchor (&name) may not stand on a key"));
    TRY(take_text(tree, token, at, &top->key));
    if (strcmp(top->key, "<<") == 0 &&
        fy_token_scalar_style(token) == FYSS_PLAIN)
        return wrong(tree, at,
                     _("merge keys (<<) are not read. Write the settings out, "
                       "or give an alias (*name) as the value of a key"));
    top->key_at = at;
    top->has_key = true;
    return TERRAMIS_OK;
}

static bool is_null(const char *text)
{
    return *text == '\0' || strcmp(text, "~") == 0 ||
           strcmp(text, "null") == 0 || strcmp(text, "Null") == 0 ||
           strcmp(text, "NULL") == 0;
}

static enum terramis_status take_scalar(struct yaml_tree *tree,
                                        struct fy_event *event, struct place at)
{
    struct fy_token *token = event->scalar.value;
    struct setting node = {.kind = SETTING_SCALAR, .at = at};
    int anchor;
    TRY(add_anchor(tree, event->scalar.anchor, at, &anchor));
    if (token) {
        TRY(take_text(tree, token, at, &node.text));
        node.quoted = fy_token_scalar_style(token) != FYSS_PLAIN;
        if (!node.quoted && is_null(node.text))
            node.text = NULL;
    }
    TRY(count_nodes(tree, at, 1, 0));
    close_anchor(tree, anchor, node, 1, 0);
    return add_node(tree, node, 1, 0);
}

static enum terramis_status open_node(struct yaml_tree *tree,
                                      struct fy_event *event, struct place at)
{
    bool map = event->type == FYET_MAPPING_START;
    TRY(count_nodes(tree, at, 1, 1));
    struct yaml_frame frame = {
        .node = {.kind = map ? SETTING_MAP : SETTING_LIST, .at = at},
        .first = tree->count,
        .nodes = 1};
    TRY(add_anchor(
        tree, map ? event->mapping_start.anchor : event->sequence_start.anchor,
        at, &frame.anchor));
    tree->frames[tree->depth++] = frame;
    return TERRAMIS_OK;
}

static enum terramis_status close_node(struct yaml_tree *tree)
{
    struct yaml_frame *top = &tree->frames[--tree->depth];
    struct setting node = top->node;
    node.count = tree->count - top->first;
    node.items = arena_alloc(tree->arena, node.count, sizeof *node.items);
    if (!node.items)
        return status_no_memory();
    if (node.count)
        memcpy(node.items, tree->children + top->first,
               node.count * sizeof *node.items);
    tree->count = top->first;
    close_anchor(tree, top->anchor, node, top->nodes, top->height + 1);
    return add_node(tree, node, top->nodes, top->height + 1);
}

static enum terramis_status take_alias(struct yaml_tree *tree,
                                       struct fy_event *event, struct place at)
{
    const char *name;
    TRY(take_text(tree, event->alias.anchor, at, &name));
    const struct yaml_anchor *anchor = find_anchor(tree, name);
    if (!anchor)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: alias *%s: no anchor &%s before it"),
                          tree->name, at.line, at.column, name, name);
    if (anchor->open)
        return status_set(
            TERRAMIS_PROJECT,
            _("%s:%d:%d: alias *%s stands inside its own anchor &%s"),
            tree->name, at.line, at.column, name, name);
    TRY(count_nodes(tree, at, anchor->nodes, anchor->height));
    struct setting node = anchor->node; /* shares its children */
    node.at = at;
    return add_node(tree, node, anchor->nodes, anchor->height);
}

enum terramis_status yaml_tree_event(struct yaml_tree *tree,
                                     struct fy_event *event)
{
    struct place at = event_place(tree, event);
    if (event->type == FYET_DOCUMENT_START && tree->documents++ > 0)
        return wrong(tree, at,
                     _("a second document begins here (---). A project file "
                       "holds one"));
    bool node = event->type == FYET_SCALAR || event->type == FYET_ALIAS ||
                event->type == FYET_MAPPING_START ||
                event->type == FYET_SEQUENCE_START;
    if (node && fy_event_get_tag_token(event))
        return wrong(tree, at,
                     _("tags (!name) are not read. Delete it; put a text that "
                       "looks like a number in quotes"));
    if (node && wants_key(tree))
        return take_key(tree, event, at);
    switch (event->type) {
    case FYET_SCALAR:
        return take_scalar(tree, event, at);
    case FYET_ALIAS:
        return take_alias(tree, event, at);
    case FYET_MAPPING_START:
    case FYET_SEQUENCE_START:
        return open_node(tree, event, at);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        return close_node(tree);
    default:
        return TERRAMIS_OK;
    }
}

struct place yaml_tree_open(const struct yaml_tree *tree)
{
    return tree->depth ? tree->frames[tree->depth - 1].node.at
                       : (struct place){0};
}

void yaml_tree_release(struct yaml_tree *tree)
{
    free(tree->children);
    free(tree->anchors);
}

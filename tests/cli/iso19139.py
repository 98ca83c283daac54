"""ISO 19139 metadata against the ISO's own XML schemas of 2007.

The package ogc-schemas (npm) holds them as mappings for Jsonix, made from the
schemas by its compiler: for every type its elements in the order of the
schema's sequence, with their types, how often they may stand, what is required
and what may stand in the place of what. Codes of code lists are no part of the
schemas.
"""
import json
import re
import subprocess

from lxml import etree

NAMES = ["ISO19139_%s_20070417" % part for part in ("GMD", "GCO", "GTS", "GSR",
                                                    "GSS")]
# A mapping says "required" of each branch of a choice; these are the types of
# ours that are one. Types whose names end in PropertyType all are: what they
# hold, or why it is not there.
CHOICES = {"MDResolutionType"}
VALUES = {
    "Date": r"\d{4}(-\d\d(-\d\d)?)?",
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)?",
    "Decimal": r"[-+]?\d+(\.\d+)?",
    "Distance": r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?",
}


class Schema:
    """Types and elements of the schemas under package/lib."""

    def __init__(self, package):
        code = ("const out = {}; for (const n of process.argv.slice(2)) "
                "out[n] = require(`${process.argv[1]}/lib/${n}.js`)[n]; "
                "console.log(JSON.stringify(out))")
        modules = json.loads(subprocess.run(
            ["node", "-e", code, package, *NAMES], check=True,
            stdout=subprocess.PIPE).stdout)
        self.types, self.elements, self.heads = {}, {}, {}
        for name, module in modules.items():
            for item in module["tis"]:
                item["module"], item["space"] = name, module["dens"]
                self.types[name + "." + item["ln"]] = item
        for name, module in modules.items():
            for item in module["eis"]:
                key = self.name(item["en"], module["dens"])
                # the compiler leaves out that an element is an enumeration
                named = ".%sType" % item["en"].replace("_", "")
                self.elements[key] = self.type(item.get("ti", named), name)
                if "sh" in item:
                    self.heads[key] = self.name(item["sh"], module["dens"])

    @staticmethod
    def name(name, space):
        if isinstance(name, dict):
            return "{%s}%s" % (name.get("ns", space), name["lp"])
        return "{%s}%s" % (space, name)

    def type(self, name, module):
        if not isinstance(name, str):
            return None
        return self.types.get(module + name if name[0] == "." else name)

    def properties(self, kind):
        """Its elements and attributes, those of its base type first."""
        base = self.type(kind.get("bti"), kind["module"])
        found = self.properties(base) if base else []
        return found + [(p, kind) for p in kind.get("ps", [])]

    def stands_for(self, tag, wanted):
        while tag != wanted and tag in self.heads:
            tag = self.heads[tag]
        return tag == wanted

    def check(self, element, kind):
        """Is the element as its type says? Raises AssertionError."""
        where = element.getroottree().getpath(element)
        if kind.get("t") == "enum":
            assert element.text in kind["vs"], (where, element.text)
            return
        all_of = self.properties(kind)
        self.check_attributes(element, all_of, where)
        slots = [(p, k) for p, k in all_of if p.get("t", "e") in ("e", "er")]
        counts, place = [0] * len(slots), 0
        for child in element:
            while place < len(slots) and not self.fits(child, *slots[place]):
                place += 1
            assert place < len(slots), ("not here", where, child.tag)
            counts[place] += 1
            inner = self.type_of(child, *slots[place])
            if inner:
                self.check(child, inner)
            else:
                self.check_value(child)
        self.check_counts(element, kind, slots, counts, where)

    def fits(self, child, p, kind):
        wanted = self.name(p.get("en", p["n"]), kind["space"])
        if p.get("t") == "er":
            return self.stands_for(child.tag, wanted)
        return child.tag == wanted

    def type_of(self, child, p, kind):
        if p.get("t") == "er" or "ti" not in p:
            return self.elements.get(child.tag)
        return self.type(p["ti"], kind["module"])

    @staticmethod
    def check_value(element):
        """A simple value: text of no elements, of the form of its type."""
        name = etree.QName(element).localname
        assert len(element) == 0, element.tag
        form = VALUES.get(name)
        assert not form or re.fullmatch(form, element.text), (name, element.text)
        if name == "Distance":
            assert element.get("uom"), "a measure without its unit"

    def check_attributes(self, element, all_of, where):
        known = {self.attribute(p): p for p, _ in all_of if p.get("t") == "a"}
        for key in element.keys():
            assert key in known, ("attribute", where, key)
        for key, p in known.items():
            assert not p.get("rq") or key in element.keys(), (where, key)

    @staticmethod
    def attribute(p):
        name = p.get("an", {"lp": p["n"], "ns": "http://www.w3.org/1999/xlink"})
        space = name.get("ns") if isinstance(name, dict) else None
        local = name["lp"] if isinstance(name, dict) else name
        return "{%s}%s" % (space, local) if space else local

    @staticmethod
    def check_counts(element, kind, slots, counts, where):
        choice = kind["ln"].endswith("PropertyType") or kind["ln"] in CHOICES
        for (p, _), count in zip(slots, counts):
            assert count <= 1 or p.get("col"), ("twice", where, p["n"])
            least = p.get("mno", 1 if p.get("rq") else 0)
            assert count >= least or choice, ("missing", where, p["n"])
        if choice:
            absent = any(k.endswith("nilReason") for k in element.keys())
            assert sum(counts) == (0 if absent else 1), ("one of", where, counts)


def validate(path, package):
    schema = Schema(package)
    root = etree.parse(path).getroot()
    kind = schema.elements.get(root.tag)
    assert kind, root.tag
    schema.check(root, kind)

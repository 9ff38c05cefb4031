"""Cuts Inter down to the characters of the page and writes it as TrueType (for the canvas) and WOFF2 (for the page).

usage: subset_fonts.py FOLDER_WITH_INTER OUT_FOLDER

Three things are changed on the way, so the family gets a name of its own as the Open Font License asks:
 - The tabular figures become the ordinary ones. The canvas is drawn by a renderer without OpenType features, and columns of
   numbers have to stand still there; full stop and comma keep their width, which is the same in every number.
 - The cubic outlines become quadratic ones, which is what TrueType has.
 - A few mathematical signs that Inter lacks are put together from what it has (see add_signs).
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FAMILY = "Kernelglass Sans"
WEIGHTS = {"Regular": "regular", "SemiBold": "semibold"}
MAX_ERROR = 1.0  # of a quadratic outline against the cubic one, in font units (2048 to the em)

TEXT = [*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180)]  # ASCII, Latin-1, Latin Extended-A
GREEK = [*range(0x391, 0x3A2), *range(0x3A3, 0x3AA), *range(0x3B1, 0x3CA), 0x3D1, 0x3D5, 0x3F5]
SIGNS = (
    "\u2007\u2009\u200a\u202f–—‘’‚“”„†‡•…‰′″‹›⁄€™"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵀ"
    "←↑→↓↔↕↖↗↘↙↩↪↶↷↺↻⇐⇒⇔⟲⟳⟵⟶"
    "−±×÷·∙∗∘⊙⊕⊗√∑∏∂∇∆∫∞≈≠≤≥≪≫≡∈∉⊂∩∪⌊⌋⌈⌉⟨⟩ℓℝ∼∝∀∃"
    "■□▢▣●○◦◯▲△▴▶▷▸▼▽▾◀◁◂◆◇★☆✓✔✗✕✖✎⏎⏮⏭⏸⏯⌘⌥⇧⌫"
)
FIGURES = "0123456789+−"  # made as wide as one another, and as the figure space (U+2007)


def freeze_tabular(font):
    """Points the figures at their tabular glyphs."""
    single = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    single.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for figure in FIGURES:
            if ord(figure) in table.cmap:
                glyph = table.cmap[ord(figure)]
                table.cmap[ord(figure)] = single.get(glyph, glyph)  # tables may share one mapping
    advances = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in FIGURES + "\u2007"}
    if len(advances) != 1:
        raise SystemExit(f"the tabular figures are not equally wide: {sorted(advances)}")


def cut(font, wanted):
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def to_truetype(font):
    """Replaces the CFF table by glyf and loca."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    glyf.compile(font)  # computes the boxes the next line reads
    for name in order:
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyf[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions"
    ).split():
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\000\001\000\000"


def add_signs(font):
    """⌊ ⌋ ⌈ ⌉ as brackets with one arm; ⊙ from circle and dot; ∗ on the axis of +; ∙ ∼ ▴ ▸ ▾ ◂ from their larger likenesses."""
    cmap, glyf = font.getBestCmap(), font["glyf"]

    def box(sign):
        glyph = glyf[cmap[ord(sign)]]
        glyph.recalcBounds(glyf)
        return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax

    def middle(sign):
        left, bottom, right, top = box(sign)
        return (left + right) / 2, (bottom + top) / 2

    def rectangle(pen, left, bottom, right, top):
        for index, point in enumerate([(left, bottom), (left, top), (right, top), (right, bottom)]):
            (pen.lineTo if index else pen.moveTo)(point)
        pen.closePath()

    def one_armed(bracket, at_top):
        left, bottom, right, top = box(bracket)
        bar_left, _, bar_right, _ = box("|")
        stroke = bar_right - bar_left
        stem = right - stroke if bracket == "]" else left
        pen = TTGlyphPen(None)
        rectangle(pen, stem, bottom, stem + stroke, top)
        arm = (left + stroke, right) if bracket == "[" else (left, right - stroke)
        rectangle(pen, arm[0], top - stroke if at_top else bottom, arm[1], top if at_top else bottom + stroke)
        return pen.glyph(), font["hmtx"][cmap[ord(bracket)]][0]

    def put_together(advance, *parts):
        """parts: (sign, scale, centre)"""
        pen = TTGlyphPen(font.getGlyphSet())
        for sign, scale, centre in parts:
            was = middle(sign)
            pen.addComponent(
                cmap[ord(sign)], (scale, 0, 0, scale, round(centre[0] - scale * was[0]), round(centre[1] - scale * was[1]))
            )
        return pen.glyph(), advance

    axis = middle("+")
    advance = font["hmtx"][cmap[ord("+")]][0]
    ring = 0.8 * advance / (box("○")[2] - box("○")[0])
    star = font["hmtx"][cmap[ord("*")]][0]
    new = {
        "⌊": one_armed("[", False),
        "⌋": one_armed("]", False),
        "⌈": one_armed("[", True),
        "⌉": one_armed("]", True),
        "⊙": put_together(advance, ("○", ring, axis), ("·", 1, axis)),
        "∗": put_together(star, ("*", 1, (star / 2, axis[1]))),
    }
    for small, large in zip("▴▸▾◂", "▲▶▼◀"):
        new[small] = put_together(advance, (large, 0.8 * advance / (box(large)[2] - box(large)[0]), axis))

    names = {sign: f"kg{ord(sign):04X}" for sign in new}
    font.setGlyphOrder(font.getGlyphOrder() + list(names.values()))
    for sign, (glyph, width) in new.items():
        glyf.glyphs[names[sign]] = glyph
        glyph.recalcBounds(glyf)
        font["hmtx"][names[sign]] = (width, glyph.xMin)
    glyf.glyphOrder = font.getGlyphOrder()
    same = {"∙": "·", "∼": "~"}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({ord(sign): name for sign, name in names.items()})
            table.cmap.update({ord(sign): cmap[ord(like)] for sign, like in same.items()})


def rename(font, weight):
    names = font["name"]
    original = names.getDebugName(0) or ""
    family = f"{FAMILY} {weight}" if weight != "Regular" else FAMILY
    keep = {
        0: f"{original} Cut down and renamed for Kernelglass.",
        1: family,
        2: "Regular",
        3: f"{FAMILY} {weight}",
        4: f"{FAMILY} {weight}",
        5: names.getDebugName(5),
        6: f"{FAMILY} {weight}".replace(" ", "") if weight == "Regular" else f"KernelglassSans-{weight}",
        13: names.getDebugName(13),
        14: names.getDebugName(14),
        16: FAMILY,
        17: weight,
    }
    names.names = []
    for name_id, text in keep.items():
        if text:
            names.setName(text, name_id, 3, 1, 0x409)


def main(source, out):
    wanted = sorted({*TEXT, *GREEK, *map(ord, SIGNS)})
    missing = set()
    for weight, file_name in WEIGHTS.items():
        font = TTFont(source / f"Inter-{weight}.otf", recalcTimestamp=False)
        freeze_tabular(font)
        cut(font, wanted)
        to_truetype(font)
        add_signs(font)
        missing |= set(wanted) - set(font.getBestCmap())
        rename(font, weight)
        for flavor, suffix in ((None, "ttf"), ("woff2", "woff2")):
            font.flavor = flavor
            path = out / f"kernelglass-sans-{file_name}.{suffix}"
            font.save(path)
            print(f"{path.name}: {path.stat().st_size} bytes, {len(font.getBestCmap())} characters")
    (out / "LICENSE.txt").write_bytes((source / "LICENSE.txt").read_bytes())
    listed = "".join(chr(c) for c in sorted(missing))
    (out / "missing.txt").write_text(listed + "\n", encoding="utf-8")
    print(f"{len(missing)} wanted characters are neither in Inter nor made from it: {listed}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))

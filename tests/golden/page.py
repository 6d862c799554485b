#!/usr/bin/env python3
"""Looks into an HTML report.

    python3 page.py FILE                what it has: sections, pictures, tables
    python3 page.py FILE --section ID   the section's text, a line for each paragraph, row of a table
                                        or fact, with tabs between cells; pictures by their texts
    python3 page.py FILE --bdi          the texts that came from outside, a line each

Fails unless elements are nested as they should be, ids are distinct, and nothing is loaded or run.
"""
import argparse
import html.parser
import pathlib
import signal
import sys

VOID = {"meta", "br", "img", "image", "path", "circle", "rect"}
LINES = {"p", "tr", "div", "dl", "li", "h1", "h2", "h3", "caption", "figcaption", "pre", "summary"}


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = set()
        self.counts = {}
        self.sections = {}
        self.section = None
        self.bdi = []

    def add(self, text):
        if self.section is not None and "svg" not in self.open:
            self.sections[self.section] += text

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "script" or any(name.startswith("on") for name in named):
            sys.exit(f"line {self.getpos()[0]}: <{tag}> would run something: {attributes}")
        for name in ("src", "href", "srcset", "data", "action"):
            if name in named and not named[name].startswith(("#", "data:image/png;base64,")):
                sys.exit(f"line {self.getpos()[0]}: <{tag}> would load {named[name]}")
        if named.get("id") in self.ids:
            sys.exit(f"line {self.getpos()[0]}: id {named['id']} is there twice")
        if "id" in named:
            self.ids.add(named["id"])
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if tag == "section":
            self.section = named["id"]
            self.sections[self.section] = ""
        if tag == "img":
            self.add(f"[{named['alt']}] ")
        if tag == "bdi":
            self.bdi.append("")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "br":
            self.add(", ")

    def handle_startendtag(self, tag, attributes):
        if tag not in VOID:
            sys.exit(f"line {self.getpos()[0]}: <{tag}/> is not closed")
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            sys.exit(f"line {self.getpos()[0]}: </{tag}> within {self.open}")
        self.open.pop()
        if tag in ("td", "th", "dt", "dd"):
            self.add("\t")
        if tag in LINES or tag == "dd":
            self.add("\n")
        if tag == "section":
            self.section = None

    def handle_data(self, data):
        if "style" in self.open:
            return
        if "bdi" in self.open:
            self.bdi[-1] += data
        self.add(data if "code" in self.open or "bdi" in self.open else data.replace("\n", ""))


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # its reader may have seen enough
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--section")
    parser.add_argument("--bdi", action="store_true")
    arguments = parser.parse_args()
    reader = Reader()
    reader.feed(arguments.file.read_text(encoding="utf-8"))
    reader.close()
    if reader.open:
        sys.exit(f"not closed: {reader.open}")
    if arguments.section:
        for line in reader.sections[arguments.section].split("\n"):
            line = line.rstrip("\t ")
            if line:
                print(line)
    elif arguments.bdi:
        print("\n".join(reader.bdi))
    else:
        print(" ".join(reader.sections))
        print(" ".join(f"{tag}: {reader.counts.get(tag, 0)}" for tag in ("img", "svg", "table")))


if __name__ == "__main__":
    main()

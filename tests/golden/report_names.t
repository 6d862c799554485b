Names of classes, columns and files, and texts in cells, get into a report as they are, and nowhere else:
quotes, backquotes, substitutions, line breaks, markup, writing from right to left, what is no UTF-8. What
turns the direction of writing is left out.

    $ cat > make.py <<'END'
    > import csv
    > names = ["it's", '"quoted"', "`touch hacked`", "$(touch hacked)", "two\nlines", "<script>alert(1)</script>",
    >          "&amp;</bdi></td>", "שלום", "100 % %s", "\" onload=\"alert(1)", "\u202edrawkcab"]
    > columns = ["x'`touch hacked`", "<b>y</b> 50 %", "קטגוריה"]
    > with open("it's `touch hacked` $(touch hacked) <i>.csv", "w", newline="") as file:
    >     table = csv.writer(file)
    >     table.writerow(columns + ["label"])
    >     for i in range(88):
    >         table.writerow([i % 11, i * 7 % 5, names[i * 3 % 11], names[i % 11]])
    > with open("expected", "w") as file:
    >     file.write("".join(name.replace("\n", " ").replace("\u202e", "") + "\n" for name in sorted(names) + columns))
    > END
    > python3 make.py; softmax train *.csv -o m.safetensors --log "l '&.jsonl" --quiet --steps 1 > out
    > softmax report m.safetensors *.csv --log "l '&.jsonl" -o "r <\"'.html" > out
    > python3 "$GOLDEN/page.py" r*.html
    data training confusion classes calibration weights model repeat
    img: 0 svg: 5 table: …
    $ python3 "$GOLDEN/page.py" r*.html --bdi | sort -u | comm -13 - <(sort expected)
    $ python3 "$GOLDEN/page.py" r*.html --section confusion | grep -c 'alert(1)'
    3

What is to be copied into a shell does what was done, and nothing else.

    $ python3 "$GOLDEN/page.py" r*.html --section repeat | sed -n 3p
    softmax train -o m.safetensors --log 'l '\''&.jsonl' --quiet --steps 1 'it'\''s `touch hacked` $(touch hacked) <i>.csv'
    $ python3 "$GOLDEN/page.py" r*.html --section repeat | sed -n 5p > again
    > cat again; cp r*.html before.html; rm r*.html; source again > out; cmp before.html r*.html
    softmax report --log 'l '\''&.jsonl' -o 'r <"'\''.html' m.safetensors 'it'\''s `touch hacked` $(touch hacked) <i>.csv'

File names may hold anything.

    $ cp *.csv $'a\nb\\\xff.csv'; softmax report m.safetensors $'a\nb\\\xff.csv' -o n.html > out
    > python3 "$GOLDEN/page.py" n.html --section repeat | sed -n 3p | tee again; cp n.html before.html; rm n.html; source again > out; cmp before.html n.html
    softmax report -o n.html m.safetensors $'a\nb\\\377.csv'

The same of pictures, whose classes are named by folders.

    $ python3 - <<'END'
    > import os, sys
    > sys.path.insert(0, os.environ["GOLDEN"])
    > from png import png
    > for i, name in enumerate(["it's", "`touch hacked`", "$(touch hacked)", "<script>", "שלום", "two\nlines", "\" onerror=\"x"]):
    >     os.makedirs(f"p/{name}")
    >     for j in range(2):
    >         with open(f"p/{name}/{j}.png", "wb") as file:
    >             file.write(png(4, 4, bytes([40 * i % 256 + j] * 16)))
    > END
    > softmax train p -o p.safetensors --quiet --steps 1 > out; softmax report p.safetensors p -o p.html > out
    > python3 "$GOLDEN/page.py" p.html --section data | grep -F -e '<script>' -e onerror | sort -u
    [Row 0, of class ⁨" onerror="x⁩] " onerror="x
    [Row 1, of class ⁨" onerror="x⁩] " onerror="x
    [Row 4, of class ⁨<script>⁩] <script>
    [Row 5, of class ⁨<script>⁩] <script>
    $ ls | grep -c hacked
    1

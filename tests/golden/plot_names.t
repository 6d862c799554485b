@tool gnuplot
Names of classes, columns and files get into pictures as they are, and nowhere else: quotes, backquotes,
substitutions, line breaks, markup, formats, and writing from right to left.

    $ cat > make.py <<'END'
    > import csv
    > names = ["it's", '"quoted"', "`touch hacked`", "$(touch hacked)", "'.system('>h').'", "two\nlines",
    >          "<script>&amp;", "שלום", "100 % %s", "{a}_b^c", "@x \\n \\"]
    > columns = ["x'`touch hacked`", "<b>y</b> 50 %"]
    > with open("it's `touch hacked` $(touch hacked) <i>.csv", "w", newline="") as file:
    >     table = csv.writer(file)
    >     table.writerow(columns + ["label"])
    >     for i in range(44):
    >         table.writerow([i % 11, i * 7 % 5, names[i % 11]])
    > with open("expected", "w") as file:
    >     file.write("".join(name.replace("\n", " ") + "\n" for name in sorted(names)))
    > END
    > python3 make.py; softmax train *.csv -o m.safetensors --quiet > out
    > for kind in confusion regions; do
    >     for ending in png pdf svg; do softmax plot $kind m.safetensors *.csv -o $kind.$ending > out || echo $kind.$ending; done
    >     python3 "$GOLDEN/picture.py" --text $kind.svg > texts; sort -u texts | comm -13 - <(sort expected) | sed "s/^/missing in $kind: /"
    >     grep -F -c 'it'"'"'s `touch hacked` $(touch hacked) <i>.csv' texts
    > done
    1
    1
    $ for ending in png pdf svg; do softmax plot weights m.safetensors -o weights.$ending > out || echo weights.$ending; done
    > python3 "$GOLDEN/picture.py" --text weights.svg > texts; sort -u texts | comm -13 - <(sort expected)
    > printf "x'\`touch hacked\`\n<b>y</b> 50 %%\n" | sort | comm -13 <(sort -u texts) -
    $ python3 "$GOLDEN/picture.py" confusion.png regions.png weights.png confusion.pdf | cut -d ' ' -f 1
    PNG
    PNG
    PNG
    PDF

Of curves and calibration it is the files' names.

    $ for name in "it's \`touch hacked\` \$(touch hacked)" '<script>&amp;' $'two\nlines' שלום '"q" 100 % %s'; do
    >     echo '{"epoch": 1, "train": {"loss": 2, "accuracy": 0.5}, "validation": null}' > "$name"
    >     softmax plot curves "$name" -o c.svg > out; python3 "$GOLDEN/picture.py" --text c.svg | grep -x -F "$(tr '\n' ' ' <<< "$name" | sed 's/ $//')"
    >     cp *.csv "$name.csv"; softmax plot calibration m.safetensors "$name.csv" -o c.svg > out; rm "$name.csv" "$name"
    >     python3 "$GOLDEN/picture.py" --text c.svg | grep -c -F "$(tr '\n' ' ' <<< "$name" | sed 's/ $//').csv: 44 rows"
    > done; rm c.svg
    it's `touch hacked` $(touch hacked)
    1
    <script>&amp;
    1
    two lines
    1
    שלום
    1
    "q" 100 % %s
    1

The same of pictures, whose classes are named by folders, and in the terminal.

    $ python3 - <<'END'
    > import os, sys
    > sys.path.insert(0, os.environ["GOLDEN"])
    > from png import png
    > for i, name in enumerate(["it's", "`touch hacked`", "$(touch hacked)", "<script>", "שלום", "two\nlines"]):
    >     os.makedirs(f"p/{name}")
    >     for j in range(2):
    >         with open(f"p/{name}/{j}.png", "wb") as file:
    >             file.write(png(4, 4, bytes([40 * i + j] * 16)))
    > END
    > softmax train p -o p.safetensors --quiet > out
    > softmax plot images p -o i.svg > out; python3 "$GOLDEN/picture.py" --text i.svg | sed 1,2d | sort -u
    y: $(touch hacked)
    y: <script>
    y: `touch hacked`
    y: it's
    y: two lines
    y: שלום
    $ softmax plot predictions p.safetensors p -o p.svg > out; python3 "$GOLDEN/picture.py" --text p.svg | grep -c '^y: .* / ŷ: '
    12
    $ softmax plot confusion m.safetensors *.csv > out; softmax plot images p > out
    > ls | grep -c 'hacked\|^h$'
    1

What fonts may lack are boxes in PNG and PDF, as gnuplot would draw over the whole picture; it is said.

    $ printf 'x,y,label\n1,2,日本\n2,1,ж\n3,2,日本\n4,1,ж\n' > k.csv; softmax train k.csv -o k.safetensors --quiet > out
    > softmax plot confusion k.safetensors k.csv -o k.png
    saved to    k.png
    ! softmax: k.png: characters that fonts may lack are boxes; a name that ends in .svg keeps them
    $ softmax plot confusion k.safetensors k.csv -o k.svg; python3 "$GOLDEN/picture.py" --text k.svg | grep -c '日本'
    saved to    k.svg
    2

Names have the room that they take: wide letters twice as much, and what is cut ends in an ellipsis.

    $ for name in "$(printf '日%.0s' {1..24})" "$(printf '日%.0s' {1..12})" "$(printf 'W%.0s' {1..24})" "$(printf 'i%.0s' {1..24})"; do
    >     printf 'x,y,label\n1,2,%s\n2,1,a\n3,2,%s\n4,1,a\n' "$name" "$name" > k.csv; softmax train k.csv -o k.safetensors --quiet > out
    >     softmax plot regions k.safetensors k.csv -o k.gnuplot > out; sed -n 's/.* size \([0-9]*\),.*/\1/p' k.gnuplot; grep -o "title '[日Wi].*'" k.gnuplot
    > done
    924
    title '日日日日日日日日日日日…'
    924
    title '日日日日日日日日日日日日'
    1100
    title 'WWWWWWWWWWWWWWWWWWWWWWWW'
    844
    title 'iiiiiiiiiiiiiiiiiiiiiiii'

Weights of a model of pictures are pictures, one for each class, with a signed scale of colours.

    $ softmax train digits:n=300 -o m.safetensors --quiet > out; softmax plot weights m.safetensors -o w.gnuplot
    saved to    w.gnuplot
    $ grep -c '^.tile[0-9]* << EOD' w.gnuplot; grep '^set palette\|^set label [12] \|cblabel' w.gnuplot | sed 's/end at [0-9.]*/end at …/'
    10
    set label 1 'm.safetensors: weights of 10 classes' at 16,17 left font ',12' textcolor rgb '#222222'
    set palette defined (-1 '#0072b2', 0 '#ffffff', 1 '#d55e00')
    set cblabel 'weight; colours end at …' font ',10'
    set label 2 '0' at 72,45 center font ',10' textcolor rgb '#222222'
    $ awk '/^set cbrange/ { gsub(/[^-0-9.:]/, ""); split($0, r, ":"); print (r[1] == -r[2]), (r[2] > 0) }' w.gnuplot
    1 1

A few large weights do not make all others pale: one in 200 of 7,840 is beyond where the colours end.

    $ awk '/^set cbrange/ { most = $0; sub(/.*:/, "", most) } /^EOD/ { tile = 0 }
    > tile { for (i = 1; i <= NF; i++) larger += $i > most + 1e-4 || -$i > most + 1e-4 } /^.tile/ { tile = 1 }
    > END { print (larger > 30), (larger <= 39) }' w.gnuplot
    1 1

Of a table they are bars, the largest first, with the names of the features.

    $ printf 'size,colour,label\n1,red,a\n2,red,a\n3,blue,b\n4,blue,b\n2,green,a\n9,,b\n' > t.csv
    > softmax train t.csv -o t.safetensors --quiet > out; softmax plot weights t.safetensors --largest 3 -o t.gnuplot
    saved to    t.gnuplot
    $ grep 'ytics (\|^set title\|^set xlabel\|multiplot t' t.gnuplot
    set xlabel 'weight of the scaled feature'
    set multiplot title 't.safetensors: weights of 2 classes' font ',12'
    set title 'a' offset 0,-0.5
    set ytics ('colour = blue' 0, 'size' 1, 'colour = red' 2) scale 0
    set title 'b' offset 0,-0.5
    set ytics ('colour = blue' 0, 'size' 1, 'colour = red' 2) scale 0
    $ grep '^set xrange\|^set xtics' t.gnuplot | sed 's/.*[[(]//; s/[])].*//; s/[:,]/ /g' | awk 'NR == 1 { reach = $2 }
    > NR == 2 { print NF, ($1 == -$3), $2, ($3 <= reach), ($3 > reach / 2.6) }'
    3 1 0 1 1
    $ softmax plot weights t.safetensors -o t.gnuplot > out; grep -o "ytics (.*)" t.gnuplot | head -n 1 | tr ',' '\n' | sed "s/.*'\(.*\)'.*/\1/" | sort
    colour = blue
    colour = green
    colour = red
    colour missing
    size

A panel is as wide as its title, here 28 of the widest letters, on either side of its axis.

    $ printf 'x,label\n1,WWWWWWWWWWWWWWWWWWWWWWWWWWWW\n2,b\n' > wide.csv; softmax train wide.csv -o wide.safetensors --quiet > out
    > softmax plot weights wide.safetensors -o wide.gnuplot > out; grep -o 'size [0-9]*,[0-9]*$\|^set [lr]margin .*' wide.gnuplot
    size 924,160
    set lmargin at screen 0.14177
    set rmargin at screen 0.35823
    set lmargin at screen 0.64177
    set rmargin at screen 0.85823

In a terminal they are letters, for which no gnuplot is needed.

    $ softmax plot weights t.safetensors --largest 3 | sed 's/[0-9.]* [ -]*|/… |/'
    t.safetensors: weights of 2 classes
    
    a
    colour = blue                    -… |
    size                             -… |
    colour = red                      … |++++++++++
    
    b
    colour = blue                     … |+++++++++++++++++++
    size                              … |++++++++++++
    colour = red                     -… |

Other kinds of columns have names, too; data without columns have numbers.

    $ printf 'text,age,name,label\nbig red,1,u,a\nbig red,2,v,a\nsmall blue,3,u,b\nsmall blue,4,v,b\n' > k.csv
    > softmax train k.csv --text text --buckets age:2 --hash name:1 --cross age,name:1 -o k.safetensors --quiet > out
    > softmax plot weights k.safetensors -o k.gnuplot > out; grep -o "ytics (.*)" k.gnuplot | head -n 1 | tr ',' '\n' | sed "s/.*'\(.*\)'.*/\1/" | sort
    age < 2.5
    age >= 2.5
    age x name #0
    age x name #1
    name #0
    name #1
    text: big
    text: blue
    text: red
    text: small
    $ softmax train blobs -o b.safetensors --quiet > out; softmax plot weights b.safetensors -o b.gnuplot > out
    > grep -c 'ytics (' b.gnuplot; grep -o "'x[12]'" b.gnuplot | sort | uniq -c | tr -s ' '
    4
     4 'x1'
     4 'x2'

Of a network, the units of the first layer.

    $ softmax train digits:n=300 --hidden 50 --epochs 1 -o n.safetensors --quiet > out
    > softmax plot weights n.safetensors -o n.gnuplot > out; grep -c '^.tile[0-9]* << EOD' n.gnuplot; grep '^set label [12] ' n.gnuplot
    40
    set label 1 'n.safetensors: weights of the first 40 of 50 units of the first layer' at 16,17 left font ',12' textcolor rgb '#222222'
    set label 2 'unit 1' at 72,45 center font ',10' textcolor rgb '#222222'
    $ softmax plot weights digits -o n.png
    ! softmax: cannot open 'digits': No such file or directory
    = 1

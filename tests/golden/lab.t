The lab is served to this machine alone, until Ctrl-C.
@tool curl
@needs SOFTMAX_HAS_LAB

    $ softmax lab --no-open --port 0 > address 2> err & echo $! > process
    > until grep -qs http address; do sleep 0.05; done; cat address
    > sed 's/127.0.0.1/localhost/' address > name
    http://127.0.0.1:…/
    $ get() { curl -si "$@" | tr -d '\r' | grep -E '^(HTTP|Content-Type|Allow|Cache-Control|X-Content)'; }
    > get "$(cat address)"; get -I "$(cat address)softmax.wasm"
    > get "$(cat name)module.js?anything"
    HTTP/1.1 200 OK
    Content-Type: text/html; charset=utf-8
    Cache-Control: no-cache
    X-Content-Type-Options: nosniff
    HTTP/1.1 200 OK
    Content-Type: application/wasm
    Cache-Control: no-cache
    X-Content-Type-Options: nosniff
    HTTP/1.1 200 OK
    Content-Type: text/javascript; charset=utf-8
    Cache-Control: no-cache
    X-Content-Type-Options: nosniff

A page runs nothing but its own files, and none of another's address is answered.

    $ curl -sI "$(cat address)" | tr -d '\r' | grep Content-Security-Policy
    Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; …frame-ancestors 'none'
    $ for host in example.org 127.0.0.1 localhost:1 ''; do
    >     curl -s -o body -w '%{http_code} ' -H "Host: $host" "$(cat address)"; cat body
    > done
    403 This is served to 127.0.0.1 and localhost alone.
    403 This is served to 127.0.0.1 and localhost alone.
    403 This is served to 127.0.0.1 and localhost alone.
    …

Nothing else is to be had.

    $ for path in nothing ../CMakeLists.txt index.html/ %2e%2e/x; do
    >     curl -s --path-as-is -o body -w '%{http_code} ' "$(cat address)$path"; cat body
    > done
    404 There is no such file.
    404 There is no such file.
    404 There is no such file.
    404 There is no such file.
    $ for method in POST PUT DELETE OPTIONS; do
    >     curl -s -o body -w '%{http_code} ' -X $method -d data "$(cat address)"; cat body
    > done; curl -si -X DELETE "$(cat address)" | grep ^Allow: | tr -d '\r'
    405 Files can be read, no more.
    405 Files can be read, no more.
    405 Files can be read, no more.
    405 Files can be read, no more.
    Allow: GET, HEAD

What a browser has already is not sent again.

    $ tag=$(curl -sI "$(cat address)module.js" | tr -d '\r' | sed -n 's/^ETag: //p')
    > curl -s -o body -w '%{http_code} %{size_download}\n' -H "If-None-Match: $tag" "$(cat address)module.js"
    304 0

One port is one server's; without --port the next free one is taken.

    $ port=$(sed 's/.*:\([0-9]*\).*/\1/' address); softmax lab --no-open --port "$port"
    ! softmax: cannot listen on '127.0.0.1:…': Address already in use
    ! softmax: --port 0 takes any port that is free
    = 1
    $ kill -INT "$(cat process)"; while kill -0 "$(cat process)" 2> kill_says; do sleep 0.05; done; cat err
    softmax: Ctrl-C ends the lab
    $ softmax lab --no-open --port 0 > out 2> err & until grep -qs http out; do sleep 0.05; done
    > kill -INT $!; wait $!; echo "exit $?"
    exit 0

Nobody could read the address: there is no lab.

    $ softmax lab --no-open --port 0 > /dev/full
    ! softmax: cannot write to standard output
    = 1

The browser is what xdg-open says, and gets the address.

    $ mkdir bin; printf '#!/bin/sh\necho "$1" > opened.part; mv opened.part opened\n' > bin/xdg-open; chmod +x bin/xdg-open
    > PATH=$PWD/bin:$PATH softmax lab --port 0 > out 2> err & until [ -e opened ]; do sleep 0.05; done
    > cmp out opened; kill -TERM $!; wait $!; echo "exit $?"
    exit 0

    $ softmax lab digits
    ! softmax lab: there is one argument too many: 'digits'; it is called as: softmax lab
    = 2
    $ softmax lab --port 65536
    ! softmax lab: --port=65536: it must be a whole number from 0 to 65535
    = 2

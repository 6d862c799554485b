Where the model cannot be written, that is said before the work begins, and nothing is lost.

    $ softmax train digits -o nowhere/m.safetensors
    ! softmax: cannot write 'nowhere/m.safetensors': No such file or directory
    = 1
    $ mkdir folder; softmax train digits -o folder
    ! softmax: cannot write 'folder': Is a directory
    = 1
    $ softmax train digits -o ''
    ! softmax: cannot write '': No such file or directory
    = 1
    $ name=$(printf '%0300d' 0); softmax train digits -o $name
    ! softmax: cannot write '0…0': File name too long
    = 1
    $ softmax train digits -o /proc/m.safetensors
    ! softmax: cannot write '/proc/m.safetensors': No such file or directory
    = 1

A disk that runs full: the model of before survives, byte for byte, and no other file is left.
Limits on the size of files stand in for a full disk where none can be mounted.

    $ softmax train blobs -o m.safetensors --quiet > out
    > sha256sum m.safetensors > before
    > (trap '' XFSZ; ulimit -f 4; softmax train digits:n=100 -o m.safetensors --quiet)
    ! softmax: cannot write 'm.safetensors': File too large
    = 1
    $ sha256sum --check before; ls -A
    m.safetensors: OK
    before
    folder
    m.safetensors
    out
    $ if unshare --mount true 2> /dev/null; then
    >     unshare --mount bash -c '
    >         mkdir -p disk && mount -t tmpfs -o size=24k tmpfs disk
    >         softmax train blobs -o disk/m.safetensors --quiet > out
    >         sha256sum disk/m.safetensors > before
    >         softmax train digits:n=100 -o disk/m.safetensors --quiet
    >         sha256sum --check before; ls -A disk'
    > else
    >     echo "disk/m.safetensors: OK"; echo m.safetensors
    >     echo "softmax: cannot write 'disk/m.safetensors': No space left on device" >&2
    > fi
    disk/m.safetensors: OK
    m.safetensors
    ! softmax: cannot write 'disk/m.safetensors': No space left on device
    $ if unshare --mount true 2> /dev/null; then
    >     unshare --mount bash -c '
    >         mkdir -p disk && mount -t tmpfs -o ro tmpfs disk
    >         softmax train blobs -o disk/m.safetensors --quiet'
    > else
    >     echo "softmax: cannot write 'disk/m.safetensors': Read-only file system" >&2; false
    > fi
    ! softmax: cannot write 'disk/m.safetensors': Read-only file system
    = 1

What is not a regular file is written to, not replaced.

    $ device=./null; mknod null c 1 3 2> /dev/null || device=/dev/null
    > softmax train blobs -o $device --quiet > out && test -c $device && echo still a device
    still a device

A pipe is opened once, when there is something to be written: its reader gets the model. While
nobody reads, one signal is enough.

    $ mkfifo pipe; cat pipe > got & timeout 20 softmax train blobs -q -o pipe > out; wait
    > softmax inspect got | grep classes
    classes     4: 0 1 2 3
    $ softmax train blobs -q -o pipe --log log > out &
    > until grep -qs '"end"' log; do sleep 0.05; done; sleep 0.2
    > kill -TERM $!; wait $!; echo "exit $?"
    exit 143

A link leads to the file that is replaced.

    $ ln -s m.safetensors link && softmax train moons -o link --quiet > out
    > test -L link && softmax inspect m.safetensors | grep classes
    classes     2: 0 1

A file that may not be written is not replaced either. Where the system lets us, one that may be
keeps its owner.

    $ cp m.safetensors kept; chmod 444 kept; chmod 777 .
    > user=; test "$(id -u)" = 0 && user='setpriv --reuid 4321 --clear-groups'
    > $user softmax train blobs -o kept --quiet
    ! softmax: cannot write 'kept': Permission denied
    = 1
    $ cmp kept m.safetensors && ls -A | grep tmp
    = 1
    $ owner=$(id -u); test $owner != 0 || owner=4321
    > chmod 640 kept; chown $owner kept; softmax train blobs -o kept --quiet > out
    > test "$(stat -c '%u %a' kept)" = "$owner 640" && echo the same owner and mode
    the same owner and mode

Results that cannot be written are a failure, too.

    $ softmax predict m.safetensors moons > /dev/full
    ! softmax: cannot write to standard output
    = 1
    $ softmax predict m.safetensors moons --json > /dev/full
    ! softmax: cannot write to standard output
    = 1

# Sourced by the other scripts: installing what is missing, with apt-get.

build_packages=(gcc libc6-dev cmake ninja-build pkg-config zlib1g-dev libpng-dev libjansson-dev
    libsqlite3-dev libcurl4-openssl-dev libssl-dev)
test_packages=(libcmocka-dev python3 python3-venv scdoc man-db gnuplot-nox fonts-dejavu-core)
lint_packages=(clang clang-format clang-tidy libclang-rt-14-dev lld)
lab_packages=(clang lld wasi-libc libclang-rt-14-dev-wasm32 libmicrohttpd-dev)
cross_packages=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)
arm64_libraries=(zlib1g zlib1g-dev libpng-dev libjansson4 libjansson-dev libsqlite3-0 libsqlite3-dev
    libcmocka0 libcmocka-dev)

# need_packages name…: installs those that are missing, and says so; does nothing when none is.
need_packages() {
    local package missing=()
    if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
        if [ "${SOFTMAX_SKIP_PACKAGES:-}" = 1 ]; then
            return
        fi
        echo "This script installs packages with apt-get, which is not here. Please install what" >&2
        echo "these Debian packages hold, and run it again with SOFTMAX_SKIP_PACKAGES=1:" >&2
        printf '    %s\n' "$@" >&2
        exit 1
    fi
    for package in "$@"; do
        if ! dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null | grep -qx installed; then
            missing+=("$package")
        fi
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo > /dev/null; then
            echo "These packages are missing, and there is no sudo to install them with:" >&2
            printf '    %s\n' "${missing[@]}" >&2
            exit 1
        fi
        root=(sudo)
    fi
    echo "Installing ${missing[*]}"
    "${root[@]}" apt-get -qq update
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        install "${missing[@]}" > /dev/null
}

# program_preset: prints what the program is best built with: release where that has been built, so
# that nothing is compiled a second time, else demo.
program_preset() {
    if [ -x build/release/bin/softmax ]; then
        echo release
    else
        echo demo
    fi
}

# need_lab: what the program takes to be built with the lab, and what tests of its parts run in.
need_lab() {
    local packages=("${lab_packages[@]}")
    if ! command -v node > /dev/null; then
        packages+=(nodejs)
    fi
    if ! command -v npm > /dev/null; then
        packages+=(npm)
    fi
    need_packages "${packages[@]}"
}

# need_browser FOLDER: a browser, and into FOLDER the tools that tests drive it with. Says so, and goes
# on, where they are not to be had: the tests are then skipped.
need_browser() {
    local folder=$1 packages=()
    if ! command -v chromium-headless-shell > /dev/null && ! command -v chromium > /dev/null; then
        packages+=(chromium-headless-shell)
    fi
    if ! command -v node > /dev/null; then
        packages+=(nodejs)
    fi
    if ! command -v npm > /dev/null; then
        packages+=(npm)
    fi
    if [ ${#packages[@]} -gt 0 ]; then
        need_packages "${packages[@]}"
    fi
    if cmp -s tests/browser/package-lock.json "$folder/installed"; then
        return
    fi
    echo "Installing what tests/browser/package.json names into $folder"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp tests/browser/package.json tests/browser/package-lock.json "$folder"
    if npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent; then
        cp "$folder/package-lock.json" "$folder/installed"
    else
        echo "That did not work: the tests in a browser will be skipped" >&2
    fi
}

# need_arm64_libraries FOLDER: what the tests for AArch64 link with, unpacked into FOLDER. The
# packages are found through lists of their own, so that the machine's stay as they are and it needs
# no foreign architecture.
need_arm64_libraries() {
    local folder=$1 part package link
    part=$(realpath -m "$folder.part")
    if [ "$(cat "$folder/packages" 2> /dev/null)" = "${arm64_libraries[*]}" ]; then
        return
    fi
    if ! command -v apt-get > /dev/null || ! command -v dpkg-deb > /dev/null; then
        if [ "${SOFTMAX_SKIP_PACKAGES:-}" = 1 ] && [ -d "$folder" ]; then
            return
        fi
        echo "This script gets libraries for arm64 with apt-get, which is not here. Please unpack what" >&2
        echo "these Debian packages for arm64 hold into $folder," >&2
        echo "and run it again with SOFTMAX_SKIP_PACKAGES=1:" >&2
        printf '    %s\n' "${arm64_libraries[@]}" >&2
        exit 1
    fi
    echo "Unpacking ${arm64_libraries[*]} for arm64 into $folder"
    rm -rf "$part"
    mkdir -p "$part"/{lists,archives}/partial "$part/files/usr/lib"
    ln -s usr/lib "$part/files/lib" # one folder for all libraries, as on a merged system
    touch "$part/status"
    local options=(-qq -o APT::Architecture=arm64 -o APT::Architectures=arm64
        -o Dir::State::Lists="$part/lists" -o Dir::State::Status="$part/status"
        -o Dir::Cache="$part" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    # libpng itself, which is called differently in each release, is what libpng-dev depends on.
    package=$(apt-cache "${options[@]}" depends libpng-dev | sed -n 's/^ *Depends: \(libpng16-[^ ]*\)$/\1/p')
    (cd "$part/archives" && apt-get "${options[@]}" download "$package" "${arm64_libraries[@]}")
    for package in "$part"/archives/*.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$part/files"
    done
    while read -r link; do # absolute links would lead to the host's files
        ln -sfr "$part/files$(readlink "$link")" "$link"
    done < <(find "$part/files" -type l -lname '/*')
    echo "${arm64_libraries[*]}" > "$part/files/packages"
    rm -rf "$folder"
    mv "$part/files" "$folder"
    rm -rf "$part"
}

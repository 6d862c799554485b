# Sourced by the other scripts: installing what is missing, with apt-get.

build_packages=(gcc libc6-dev cmake ninja-build pkg-config zlib1g-dev libjansson-dev
    libcurl4-openssl-dev libssl-dev)
test_packages=(libcmocka-dev python3 python3-venv scdoc man-db)
lint_packages=(clang clang-format clang-tidy libclang-rt-14-dev)

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

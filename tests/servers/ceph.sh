#!/bin/bash
# A second, unrelated S3 server for the contract tests: Ceph on one node, on loopback, without systemd.
#   ceph.sh FOLDER PORT   start in FOLDER (emptied first); prints "ready URL" after about 15 s
#   ceph.sh stop FOLDER   end what was started there and remove it
# Keys: AKTEST and SKTESTSECRET.  The ports PORT+1 and PORT+2 are taken as well.
# This release does not check x-amz-checksum-sha256, which is why it is worth testing against.
set -euo pipefail
usage="usage: ceph.sh FOLDER PORT | ceph.sh stop FOLDER"

stop() {
    local file pid
    for file in "$1"/run/*.pid; do
        [ -e "$file" ] || continue
        pid=$(cat "$file")
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        kill -9 "$pid" 2>/dev/null || true
    done
    [ ! -e "$1/ceph.conf" ] || rm -rf "$1"
}

if [ "${1:-}" = stop ]; then
    stop "$(realpath "${2:?$usage}")"
    exit
fi
port=${2:?$usage}
folder=$(realpath -m "$1")

install_packages() {
    command -v ceph-mon ceph-osd radosgw ceph >/dev/null && return
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        radosgw ceph-mon ceph-osd ceph-mgr
}

configure() {
    if [ -e "$folder" ] && [ ! -e "$folder/ceph.conf" ] && [ -n "$(ls -A "$folder")" ]; then
        echo "$folder holds something else; give an empty folder" >&2
        exit 2
    fi
    stop "$folder"
    mkdir -p "$folder"/{mon,osd,run,log,mgr}
    export CEPH_CONF=$folder/ceph.conf
    cat >"$CEPH_CONF" <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $folder/keyring
auth allow insecure global id reclaim = false
mon warn on insecure global id reclaim allowed = false
run dir = $folder/run
admin socket = $folder/run/\$name.asok
pid file = $folder/run/\$name.pid
log file = $folder/log/\$name.log
crash dir = $folder/log
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd crush chooseleaf type = 0
mon allow pool size one = true
mon allow pool delete = true
mon data avail warn = 1
mon data avail crit = 0
osd objectstore = bluestore
bluestore block size = 4294967296
osd data = $folder/osd
mon data = $folder/mon
mgr data = $folder/mgr
rgw dns name = localhost
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port
CONF
}

make_keys() {
    local ring=$folder/keyring
    ceph-authtool --create-keyring "$ring" --gen-key -n mon. --cap mon 'allow *'
    ceph-authtool "$ring" --gen-key -n client.admin \
        --cap mon 'allow *' --cap osd 'allow *' --cap mds 'allow *' --cap mgr 'allow *'
    ceph-authtool "$ring" --gen-key -n client.rgw \
        --cap mon 'allow rw' --cap osd 'allow rwx' --cap mgr 'allow rw'
}

start_monitor() {
    local map=$folder/monmap address="[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]"
    monmaptool --create --fsid "$(ceph-conf --lookup fsid)" --addv a "$address" "$map"
    ceph-mon --mkfs -i a --monmap "$map" --keyring "$folder/keyring"
    ceph-mon -i a
}

start_disk() {
    local id secret
    id=$(cat /proc/sys/kernel/random/uuid)
    secret=$(ceph-authtool --gen-print-key)
    echo "{\"cephx_secret\": \"$secret\"}" | timeout 30 ceph osd new "$id" 0 -i -
    ceph-authtool "$folder/keyring" -n osd.0 --add-key "$secret"
    ceph-osd -i 0 --mkfs --osd-uuid "$id"
    ceph-osd -i 0
    timeout 30 ceph osd crush add osd.0 1 root=default host=test
}

start_gateway() {
    radosgw -n client.rgw --pid-file "$folder/run/rgw.pid"
    timeout 60 radosgw-admin user create --uid tests --display-name tests \
        --access-key AKTEST --secret SKTESTSECRET
}

install_packages
configure
trap 'echo "did not start; see $folder/log" >&2' ERR
{ make_keys; start_monitor; start_disk; start_gateway; } >"$folder/log/start" 2>&1
for _ in $(seq 60); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.5
done
echo "ready http://127.0.0.1:$port"

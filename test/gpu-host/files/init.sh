# First process of a GPU host, in its namespaces: makes this machine look like another one.
# $1: folder of the host, $2: its name. Ends, and everything on the host with it, when standard input closes.
set -e
host=$1

for file in passwd group shadow; do mount --bind "$host/etc/$file" "/etc/$file"; done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/sshd
# What this machine has installed by hand (another docker, say) is not on the host.
mount --bind "$host/empty" /usr/local
# Programs the host has more, or lacks.
mount -t overlay -o "ro,lowerdir=$host/usr-bin:/usr/bin" overlay /usr/bin
hostname "$2"

echo ready
# bash, unlike other shells, collects the orphans of the host while it waits here.
read -r _ || true

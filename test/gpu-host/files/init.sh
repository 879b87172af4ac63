# First process of a GPU host, in its namespaces: makes this machine look like another one.
# $1: folder of the host, $2: its name. Ends, and everything on the host with it, when standard input closes.
set -e
host=$1

mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/sshd /run/disk
mount --rbind "$host" /run/disk
# Programs and settings that the host has more than this machine, other, or not at all.
mount -t overlay -o "ro,lowerdir=/run/disk/usr/bin:/usr/bin" overlay /usr/bin
mount -t overlay -o "ro,lowerdir=/run/disk/etc:/etc" overlay /etc
# What this machine has installed by hand (another docker, say) is not on the host, and what is written there stays there.
for folder in etc/docker opt tmp usr/local var/log var/tmp; do mount --bind "/run/disk/$folder" "/$folder"; done
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount -o remount,bind,ro /
# The host's folder is in a folder for temporary files, which is another one now.
mkdir -p "$host"
mount --move /run/disk "$host"
rmdir /run/disk
hostname "$2"

echo ready
# bash, unlike other shells, collects the orphans of the host while it waits here.
read -r _ || true

package io.fieldgate.driver.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A line of /proc/mounts (proc(5), fstab(5)).
 *
 * @param source the device
 * @param folder where it is mounted
 * @param type the type of the file system
 */
record Mount(String source, String folder, String type) {

    private static final Set<String> FLASH_TYPES = Set.of("ubifs", "jffs2");

    /** Picks the mounts that keep data on a device of their own, each device once, at the folder that comes first. */
    static List<Mount> onDevices(String text) {
        Set<String> seen = new HashSet<>();
        List<Mount> mounts = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length >= 3) {
                Mount mount = new Mount(fields[0], unescaped(fields[1]), fields[2]);
                if (mount.isOnDevice() && seen.add(mount.source)) {
                    mounts.add(mount);
                }
            }
        }
        return mounts;
    }

    /** Loops are images of read-only packages as a rule, and always full. Raw flash has no name below /dev. */
    private boolean isOnDevice() {
        boolean isAbsolute = folder.startsWith("/");
        boolean isBlockDevice = source.startsWith("/dev/") && !source.startsWith("/dev/loop");
        return isAbsolute && (isBlockDevice || FLASH_TYPES.contains(type));
    }

    /** Blanks and the like stand there as a backslash and three octal digits. */
    private static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length() && isOctal(field, i + 1)) {
                plain.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(field.charAt(i));
            }
        }
        return plain.toString();
    }

    private static boolean isOctal(String field, int from) {
        return field.substring(from, from + 3).chars().allMatch(c -> c >= '0' && c <= '7');
    }
}

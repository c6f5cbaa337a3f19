package io.fieldgate.launcher;

/**
 * One line of {@code lib/bundles.list}: start level, file name and symbolic name, parted by tabulators.
 *
 * @param startLevel at least 1
 * @param file the name of the jar in {@code lib/}
 * @param symbolicName the bundle's symbolic name
 */
public record ShippedBundle(int startLevel, String file, String symbolicName) {

    /**
     * Reads one line.
     *
     * @param line as {@link #toString} writes it
     * @return what it says
     * @throws IllegalArgumentException if it is no such line
     */
    public static ShippedBundle parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a line of bundles.list: " + line);
        }
        return new ShippedBundle(Integer.parseInt(parts[0]), parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return startLevel + "\t" + file + "\t" + symbolicName;
    }
}

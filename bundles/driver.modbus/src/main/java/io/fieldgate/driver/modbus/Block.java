package io.fieldgate.driver.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Registers that are read with one request: of one unit and one table, by address. */
record Block(List<Register> registers) {

    private static final Comparator<Register> ORDER =
            Comparator.comparing(Register::table).thenComparingInt(Register::address);

    /** How blocks are made. */
    record Limits(int gap, int registers) {

        private int most(Table table) {
            return table.bits() ? registers * 16 : registers;
        }
    }

    /** Merges registers of one unit into as few blocks as may be. */
    static List<Block> plan(Unit unit, List<Register> registers, Limits limits) {
        List<Block> blocks = new ArrayList<>();
        List<Register> current = new ArrayList<>();
        int end = 0;
        for (Register next : registers.stream().sorted(ORDER).toList()) {
            if (!current.isEmpty() && !fits(unit, current.get(0), end, next, limits)) {
                blocks.add(new Block(List.copyOf(current)));
                current.clear();
                end = 0;
            }
            current.add(next);
            end = Math.max(end, next.end());
        }
        if (!current.isEmpty()) {
            blocks.add(new Block(List.copyOf(current)));
        }
        return blocks;
    }

    private static boolean fits(Unit unit, Register first, int end, Register next, Limits limits) {
        return first.table() == next.table()
                && next.address() <= end + limits.gap()
                && Math.max(end, next.end()) - first.address() <= limits.most(first.table())
                && !unit.isCut(first.table(), first.address(), next.address());
    }

    Table table() {
        return registers.get(0).table();
    }

    int address() {
        return registers.get(0).address();
    }

    int count() {
        return registers.stream().mapToInt(Register::end).max().orElseThrow() - address();
    }

    /**
     * Parts it in the middle, where the address changes.
     *
     * @return two blocks, or none if all of it begins at one address
     */
    List<Block> halves() {
        int middle = registers.size() / 2;
        for (int away = 0; away <= middle; away++) {
            for (int index : new int[] {middle - away, middle + away}) {
                if (index > 0
                        && index < registers.size()
                        && registers.get(index).address()
                                != registers.get(index - 1).address()) {
                    return List.of(
                            new Block(registers.subList(0, index)),
                            new Block(registers.subList(index, registers.size())));
                }
            }
        }
        return List.of();
    }

    @Override
    public String toString() {
        return table().name().toLowerCase(java.util.Locale.ROOT) + ' ' + address() + " to " + (address() + count() - 1);
    }
}

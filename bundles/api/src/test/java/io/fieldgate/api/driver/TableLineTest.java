package io.fieldgate.api.driver;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableLineTest {

    private static final PointId POINT = PointId.of("plc/tank/level");

    private static TableLine line(String text) {
        return TableLine.of("registers", text);
    }

    @Test
    void readsANameAndItsSettings() {
        TableLine line = line("level  address=0x64 scale=0.5 text=\"two words, \"\"quoted\"\"\" unit= ready=true");

        assertEquals("level", line.name());
        assertEquals(100, line.integer("address", 0, 65_535));
        assertEquals(0.5, line.decimal("scale", 1));
        assertEquals("two words, \"quoted\"", line.required("text"));
        assertEquals(Optional.of(""), line.text("unit"));
        assertEquals(true, line.truth("ready", false));
        assertDoesNotThrow(line::end);
    }

    @Test
    void hasDefaults() {
        TableLine line = line("level");

        assertEquals(7, line.integer("address", 0, 65_535, 7));
        assertEquals(1.5, line.decimal("scale", 1.5));
        assertEquals(true, line.truth("ready", true));
        assertEquals("x", line.text("text", "x"));
        assertEquals(TimeUnit.DAYS, line.choice("unit", TimeUnit.DAYS));
    }

    @Test
    void describesAPoint() {
        PointInfo info =
                line("level unit=m description=\"of the tank\" min=0 max=4 deadband=2% period.ms=500 role=admin "
                                + "allowed=0|1.5|4 safe=0 confirm=true")
                        .describe(POINT, ValueType.DECIMAL)
                        .build();

        assertEquals(
                PointInfo.builder(POINT, ValueType.DECIMAL)
                        .unit("m")
                        .description("of the tank")
                        .range(0, 4)
                        .deadband(Deadband.percent(2))
                        .pollPeriod(Duration.ofMillis(500))
                        .role(Role.ADMIN)
                        .allowed(List.of(Value.of(0.0), Value.of(1.5), Value.of(4.0)))
                        .safe(Value.of(0.0))
                        .confirmed(true)
                        .build(),
                info);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';registers: \"\": a line is a name, then settings key=value, parted by spaces",
                "level note=\"a;registers: a quote is not closed in",
                "level address;registers, line \"level\": \"address\" is no setting",
                "level a=1 a=2;registers, line \"level\": a is there twice",
                "level address=70000;address=70000 is not allowed: it must be a whole number from 0 to 65535",
                "level address=ten;address=ten is not allowed",
                "level;registers, line \"level\": address is missing",
                "level address=1 adress=2;adress is unknown: known are address, allowed, confirm, deadband",
                "level address=1 min=0;max is missing",
                "level address=1 min=4 max=0;registers, line \"level\": a range needs",
                "level address=1 deadband=x;deadband=x is not allowed: it must be a number",
                "level address=1 deadband=200%;a dead band of 200.0 is not possible",
                "level address=1 period.ms=1;period.ms=1 is not allowed: it must be a whole number from 10 to 86400000",
                "level address=1 role=king;a role is viewer, operator or admin",
                "level address=1 safe=on;safe=on is not allowed: \"on\" is no value of type decimal",
                "level address=1 allowed=1|2 safe=3;takes [1.0, 2.0], not 3.0",
                "level address=1 confirm=yes;confirm=yes is not allowed: it must be true or false",
                "level address=1 order=up;order=up is not allowed: it must be one of nanoseconds"
            })
    void saysWhatIsWrong(String text, String message) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> {
            TableLine line = line(text);
            line.integer("address", 0, 65_535);
            line.choice("order", TimeUnit.DAYS);
            line.describe(POINT, ValueType.DECIMAL).build();
            line.end();
        });

        assertEquals(message, refusal.getMessage().contains(message) ? message : refusal.getMessage());
    }

    @Test
    void aTableHasEachNameOnce() {
        assertEquals(2, TableLine.table("registers", "a x=1", " ", "b x=1").size());
        assertThrows(IllegalArgumentException.class, () -> TableLine.table("registers", "a x=1", "a x=2"));
    }
}

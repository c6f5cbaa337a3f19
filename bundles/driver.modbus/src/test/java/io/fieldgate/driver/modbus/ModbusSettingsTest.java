package io.fieldgate.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "level address=65536; address=65536 is not allowed: it must be a whole number from 0 to 65535",
                "level address=65535 type=float32; would end beyond address 65535",
                "level; address is missing",
                "level address=1 function=input writable=true; can be read only",
                "level address=1 function=coil type=int16; coils and discrete inputs are of type bool",
                "other/level address=1; must be one of units: plc",
                "level address=1 scale=0; must be another number",
                "level address=1 colour=red; colour is unknown",
                "Level address=1; the name is that of a point",
                "level address=1 type=string; length is missing",
            })
    void namesWhatIsWrongInALine(String line, String expected) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> ModbusSettings.of(Drivers.config("tcp:localhost:502", Map.of("registers", new String[] {line}))));

        assertTrue(refusal.getMessage().startsWith("registers, line "), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"tcp:", "tcp:host:0", "tcp:host:70000", "rtu:ttyUSB0", "udp:host:502", "host:502"})
    void refusesAnAddressOfAnotherForm(String connect) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> ModbusSettings.of(Drivers.config(connect, Map.of())));

        assertTrue(refusal.getMessage().startsWith("connect=" + connect), refusal::getMessage);
    }

    @Test
    void takesAddressesOfAllForms() {
        assertEquals(new Connection(false, "plc.example", 502), Connection.of("tcp:plc.example"));
        assertEquals(new Connection(false, "::1", 1502), Connection.of("tcp:[::1]:1502"));
        assertEquals(new Connection(true, "/dev/ttyUSB0", 0), Connection.of("rtu:/dev/ttyUSB0"));
    }

    @Test
    void mergesRegistersUpToTheGapAndTheGreatestRequest() {
        ModbusSettings settings = ModbusSettings.of(
                Drivers.config("tcp:localhost:502", Map.of("gap", 4, "block.max", 20, "registers", new String[] {
                    "a address=0", "b address=2 type=float32", "c address=8", "d address=14 type=uint64",
                    "e address=19", "f address=20", "g address=0 function=input", "h address=3 bit=2 type=bool"
                })));
        Unit unit = settings.units().get("plc");

        assertEquals(
                List.of("holding 0 to 8", "holding 14 to 20", "input 0 to 0"),
                Block.plan(unit, settings.of(unit), settings.limits()).stream()
                        .map(Block::toString)
                        .toList());
    }
}

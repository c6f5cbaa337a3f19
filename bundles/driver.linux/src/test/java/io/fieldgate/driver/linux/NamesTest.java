package io.fieldgate.driver.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "eth0, x-eth0",
        "/boot/firmware, x-boot-firmware",
        "Core 0, x-core-0",
        "a__B, x-a__b",
        "-(ä)-, x-unnamed",
        "'', x-unnamed"
    })
    void makesASegmentOfAnyText(String raw, String name) {
        assertEquals(name, new Names("x-").of(raw));
    }

    @Test
    void neverGivesANameTwice() {
        Names names = new Names("");

        assertEquals("a-b", names.of("a b"));
        assertEquals("a-b-2", names.of("a/b"));
        assertEquals("a-b-3", names.of("A-B"));
    }

    @Test
    void keepsLongNamesShortEnoughForAnId() {
        Names names = new Names("fs-");
        String path = "/very".repeat(50);

        DeviceId first = new DeviceId("linux", names.of(path));
        DeviceId second = new DeviceId("linux", names.of(path));

        assertEquals(first.name() + "-2", second.name());
    }
}

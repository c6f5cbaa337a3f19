package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorsTest {

    @Test
    void leavesSomeOfTheSoftLimitToOthers() {
        List<String> lines = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             31441                31441                processes ",
                "Max open files            1024                 524288               files     ");
        assertEquals(832, Descriptors.forConnections(lines));
    }

    @Test
    void knowsNoLimitWhereThereIsNone() {
        assertEquals(Integer.MAX_VALUE, Descriptors.forConnections(List.of()));
        assertEquals(
                Integer.MAX_VALUE,
                Descriptors.forConnections(
                        List.of("Max open files            unlimited            unlimited   files")));
    }

    @Test
    void readsWhatThisSystemSays() {
        assertTrue(Descriptors.forConnections() > 0);
    }
}

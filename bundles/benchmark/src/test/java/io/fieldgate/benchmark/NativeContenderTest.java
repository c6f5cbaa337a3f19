package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.benchmark.load.Protocol;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NativeContenderTest {

    @Test
    void whatIsMissingIsSaidInOneLineAndHowToGetIt() throws IOException {
        assertEquals(
                Optional.of("peer is left out: there is no fieldgate-no-such-compiler; it needs that compiler"),
                missing("fieldgate-no-such-compiler"));
        assertEquals(Optional.of("peer is left out: it cannot be made; it needs that compiler"), missing("false"));
        assertEquals(Optional.empty(), missing("true"));
    }

    @Test
    void theErrorOfACompilerIsFoundInWhatItSays() {
        assertEquals(
                "a.c:1:10: fatal error: x.h: No such file or directory",
                NativeContender.reason("In file included:\na.c:1:10: fatal error: x.h: No such file or directory\n"));
        assertEquals("anything", NativeContender.reason("anything\nelse\n"));
    }

    @Test
    void doesNotStartWhatCannotBeMade() throws IOException {
        try (Workspace workspace = new Workspace()) {
            assertThrows(IOException.class, () -> peer(workspace, "false").start(Extras.NONE));
        }
    }

    private static Optional<String> missing(String compiler) throws IOException {
        try (Workspace workspace = new Workspace()) {
            return peer(workspace, compiler).missing();
        }
    }

    private static NativeContender peer(Workspace workspace, String compiler) {
        Recipe recipe = new Recipe(List.of("peer/tcp.c"), List.of(compiler), List.of("./server"), "that compiler");
        return new NativeContender(workspace, "peer", recipe, Protocol.TCP, EnumSet.of(Ability.ECHO));
    }
}

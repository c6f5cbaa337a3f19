package io.fieldgate.handler.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The examples of docs/protocol.md. */
final class ProtocolDocument {

    static final Path FILE = Path.of("../../docs/protocol.md");

    private ProtocolDocument() {}

    /** One block between fences. */
    record Example(String language, int line, List<String> lines) {

        /** What test reports call it. */
        @Override
        public String toString() {
            return "line " + line + ": " + (lines.isEmpty() ? "" : lines.get(0));
        }
    }

    static List<Example> examples(String... languages) throws IOException {
        List<Example> found = new ArrayList<>();
        Example open = null;
        int number = 0;
        for (String line : Files.readAllLines(FILE)) {
            number++;
            if (!line.startsWith("```")) {
                if (open != null) {
                    open.lines().add(line);
                }
            } else if (open == null) {
                open = new Example(line.substring(3).toLowerCase(Locale.ROOT), number, new ArrayList<>());
            } else {
                if (List.of(languages).contains(open.language())) {
                    found.add(open);
                }
                open = null;
            }
        }
        return found;
    }
}

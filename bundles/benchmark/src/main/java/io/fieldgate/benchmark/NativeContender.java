package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server that is no Java program and is made when it is needed, as its recipe says. */
final class NativeContender implements Contender {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);

    private final Workspace workspace;
    private final String name;
    private final Recipe recipe;
    private final Protocol protocol;
    private final Set<Ability> abilities;
    private Path built;
    private String version = "";

    /**
     * Names a peer.
     *
     * @param workspace where it is made and its processes live
     * @param name what it is called
     * @param recipe how it is made
     * @param protocol what it speaks
     * @param abilities what it can do
     */
    NativeContender(Workspace workspace, String name, Recipe recipe, Protocol protocol, Set<Ability> abilities) {
        this.workspace = workspace;
        this.name = name;
        this.recipe = recipe;
        this.protocol = protocol;
        this.abilities = abilities;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public boolean isJava() {
        return false;
    }

    @Override
    public Optional<String> missing() throws IOException {
        if (built != null) {
            return Optional.empty();
        }
        Path folder = workspace.folder(name);
        for (String file : recipe.files()) {
            try (InputStream resource = NativeContender.class.getResourceAsStream(file)) {
                if (resource == null) {
                    throw new IOException("the resource " + file + " is not there");
                }
                Files.copy(resource, folder.resolve(Recipe.fileName(file)));
            }
        }
        for (List<String> command : List.of(recipe.build(), recipe.start())) {
            if (Tool.find(command.get(0)).isEmpty() && !command.get(0).startsWith("./")) {
                return Optional.of(leftOut("there is no " + command.get(0)));
            }
        }
        try {
            Tool.Result result = Tool.run(workspace, folder, BUILD_LIMIT, recipe.build());
            if (result.status() != 0) {
                return Optional.of(leftOut(reason(result.output())));
            }
        } catch (IOException e) {
            return Optional.of(leftOut(e.getMessage()));
        }
        built = folder;
        return Optional.empty();
    }

    @Override
    public ServerProcess start(Extras extras) throws IOException {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        // Node finds its packages beside the program, so each start gets links to what was made.
        Path folder = workspace.folder(name);
        try (var files = Files.list(built)) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
            }
        }
        ServerProcess server = new ServerProcess(workspace, folder, Map.of("NODE_ENV", "production"), recipe.start());
        version = server.version();
        return server;
    }

    private String leftOut(String reason) {
        return name + " is left out: " + reason + "; it needs " + recipe.needs();
    }

    /** Of what a compiler or an installer says the first line that says what is wrong. */
    static String reason(String output) {
        return output.lines()
                .filter(line -> line.contains("error"))
                .findFirst()
                .or(() -> output.lines().findFirst())
                .orElse("it cannot be made")
                .strip();
    }
}

package io.fieldgate.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A server of the package {@code peer}, in a virtual machine with the gateway's flags, and with an archive of its classes as the
 * gateway has one.
 */
final class PeerContender implements Contender {

    private final Workspace workspace;
    private final String name;
    private final Class<?> main;
    private final Set<Ability> abilities;
    private final FieldgateContender fieldgate;
    private Path archive;
    private String version = "";

    /**
     * Names a peer.
     *
     * @param workspace where its processes live
     * @param name what it is called
     * @param main its main class
     * @param abilities what it can do
     * @param fieldgate whose flags it gets
     */
    PeerContender(
            Workspace workspace, String name, Class<?> main, Set<Ability> abilities, FieldgateContender fieldgate) {
        this.workspace = workspace;
        this.name = name;
        this.main = main;
        this.abilities = abilities;
        this.fieldgate = fieldgate;
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
    public ServerProcess start(Extras extras) throws IOException {
        prepare();
        return run("-XX:SharedArchiveFile=" + archive);
    }

    private void prepare() throws IOException {
        if (archive != null) {
            return;
        }
        Path file = workspace.folder("archive").resolve(name + ".jsa");
        try (ServerProcess server = run("-XX:ArchiveClassesAtExit=" + file)) {
            FirstAnswers.of(server, protocol());
            version = server.version();
        }
        if (!Files.exists(file)) {
            throw new IOException("no archive of the classes of " + name + " was written");
        }
        archive = file;
    }

    private ServerProcess run(String archiveFlag) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(fieldgate.flags());
        command.addAll(List.of("-cp", classPath(), archiveFlag, main.getName()));
        Path folder = workspace.folder(name);
        StaticFile.write(folder);
        return new ServerProcess(workspace, folder, Map.of(), command);
    }

    /** The jars of this process: a class path with a folder in it has no archive. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> entry.endsWith(".jar"))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}

package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The built distribution, with all that it ships. Its home is that of a device in normal running: it has been started and stopped
 * three times, so the archive of classes is in use. Every start gets a copy of that home.
 */
final class FieldgateContender implements Contender {

    static final String NAME = "fieldgate";

    /** The archive of classes is written at the end of the second run and taken into use by the third. */
    private static final int PREPARING_RUNS = 3;

    private final Workspace workspace;
    private final Path distribution;
    private Path prepared;
    private String version = "";
    private List<String> flags = List.of();

    FieldgateContender(Workspace workspace, Path distribution) {
        this.workspace = workspace;
        this.distribution = distribution.toAbsolutePath();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public boolean can(Ability ability) {
        return true;
    }

    /**
     * The flags that {@code bin/fieldgate} gives to the virtual machine, taken from a process that it has started.
     *
     * @throws IOException if the gateway does not start
     */
    List<String> flags() throws IOException {
        prepare();
        return flags;
    }

    /** The folder that was built or installed. */
    Path distribution() {
        return distribution;
    }

    @Override
    public ServerProcess start(Extras extras) throws IOException {
        prepare();
        Path home = workspace.folder(NAME);
        Workspace.copy(prepared, home);
        StaticFile.write(home);
        for (Map.Entry<String, String> file : extras.configuration().entrySet()) {
            Files.writeString(home.resolve("etc").resolve(file.getKey()), file.getValue());
        }
        if (extras.handlers()) {
            BenchBundle.buildHandlers(home.resolve("deploy/handlers.jar"));
        }
        return run(home);
    }

    private void prepare() throws IOException {
        if (prepared != null) {
            return;
        }
        Path home = workspace.folder("home");
        for (int i = 0; i < PREPARING_RUNS; i++) {
            ServerProcess server = run(home);
            FirstAnswers.of(server, protocol());
            version = server.version();
            flags = JvmFlags.of(server.pid());
            server.stop();
        }
        prepared = home;
    }

    private ServerProcess run(Path home) throws IOException {
        Path command = distribution.resolve("bin/fieldgate");
        return new ServerProcess(
                workspace,
                home,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(command.toString(), "run", "--home", home.toString(), "--http", "127.0.0.1:0"));
    }
}

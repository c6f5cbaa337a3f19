package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server of the machine, in one process, which serves a folder and nothing else. */
final class PageContender implements Contender {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;

    /** Ports below those that the kernel gives to clients: nobody gets one by chance. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;

    private static final Pattern VERSION = Pattern.compile("/(\\d[\\w.]*)");

    private final Workspace workspace;
    private final String name;
    private final String configuration;
    private final List<String> options;
    private String version = "";

    private PageContender(Workspace workspace, String name, String configuration, List<String> options) {
        this.workspace = workspace;
        this.name = name;
        this.configuration = configuration;
        this.options = options;
    }

    /** nginx with one process, as it comes but for what it writes and for the number of requests on a connection. */
    static PageContender nginx(Workspace workspace) {
        String configuration = """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log stderr;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  sendfile on;
                  keepalive_requests 1000000000;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  server { listen 127.0.0.1:PORT; root .; }
                }
                """;
        return new PageContender(workspace, "nginx", configuration, List.of("-e", "stderr", "-p", "./", "-c"));
    }

    /** lighttpd as it comes, but for the number of requests on a connection: it counts them in 16 bits. */
    static PageContender lighttpd(Workspace workspace) {
        String configuration = """
                server.document-root = var.CWD
                server.bind = "127.0.0.1"
                server.port = PORT
                server.max-keep-alive-requests = 65535
                mimetype.assign = ( ".txt" => "text/plain" )
                """;
        return new PageContender(workspace, "lighttpd", configuration, List.of("-D", "-f"));
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
        return ability == Ability.STATIC;
    }

    @Override
    public boolean isJava() {
        return false;
    }

    @Override
    public Optional<String> missing() throws IOException {
        Optional<Path> program = Tool.find(name);
        if (program.isEmpty()) {
            return Optional.of(name + " is left out: there is no " + name + " (Debian: " + name + ")");
        }
        if (version.isEmpty()) {
            List<String> command = List.of(program.get().toString(), "-v");
            String said =
                    Tool.run(workspace, workspace.folder(name), LIMIT, command).output();
            Matcher matcher = VERSION.matcher(said);
            version = matcher.find() ? matcher.group(1) : "unknown";
        }
        return Optional.empty();
    }

    /** It cannot be told to take any port and say which, so some are tried. */
    @Override
    public ServerProcess start(Extras extras) throws IOException {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        IOException failure = new IOException(name + " does not start");
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                return start(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private ServerProcess start(int port) throws IOException {
        Path folder = workspace.folder(name);
        StaticFile.write(folder);
        Path file = folder.resolve("server.conf");
        Files.writeString(file, configuration.replace("PORT", String.valueOf(port)));
        List<String> command = new ArrayList<>();
        command.add(Tool.find(name).orElseThrow().toString());
        command.addAll(options);
        command.add(file.toString());
        return new ServerProcess(workspace, folder, Map.of(), command, version, port);
    }
}

package io.fieldgate.shell;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.JobListener;

/** A session with variables, and a console that keeps what is printed. */
final class FakeSession implements CommandSession {

    /** What was put into the variable .live, in order. */
    final List<Object> live = new ArrayList<>();

    private final Map<String, Object> variables = new HashMap<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8);

    /** A session without a terminal. */
    static FakeSession plain() {
        return new FakeSession();
    }

    private FakeSession() {
        use(Caller.LOCAL, "nobody is asked");
    }

    /** Lets somebody use the session, who types a password when asked. */
    FakeSession use(Caller caller, String password) {
        new Client(caller, user -> new Secret(password)).join(this);
        return this;
    }

    /** A session whose terminal has a size. */
    static FakeSession of(int columns, int rows) {
        FakeSession session = new FakeSession();
        session.resize(columns, rows);
        return session;
    }

    void resize(int columns, int rows) {
        put("COLUMNS", columns);
        put("ROWS", rows);
    }

    /** What was printed since the last call. */
    String printed() {
        String text = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        return text;
    }

    @Override
    public PrintStream getConsole() {
        return console;
    }

    @Override
    public Object get(String name) {
        return variables.get(name);
    }

    @Override
    public Object put(String name, Object value) {
        if (name.equals(".live")) {
            live.add(value);
        }
        return value == null ? variables.remove(name) : variables.put(name, value);
    }

    @Override
    public Path currentDir() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void currentDir(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClassLoader classLoader() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void classLoader(ClassLoader loader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object execute(CharSequence line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    @Override
    public InputStream getKeyboard() {
        return InputStream.nullInputStream();
    }

    @Override
    public CharSequence format(Object target, int level) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object convert(Class<?> type, Object instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Job> jobs() {
        return List.of();
    }

    @Override
    public Job foregroundJob() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setJobListener(JobListener listener) {
        throw new UnsupportedOperationException();
    }
}

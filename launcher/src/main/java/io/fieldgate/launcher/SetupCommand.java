package io.fieldgate.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fieldgate setup}: lets other machines in, over TLS. */
@Command(
        name = "setup",
        description = {
            "Let other machines in, over TLS: sets an administrator's password, the address, the port and the certificate, "
                    + "and tries whether the gateway listens there. If it does not, all files are as they were.",
            "On a terminal it asks for what is not given; otherwise the password is the first line of standard input."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class SetupCommand implements Callable<Integer> {

    private static final String HOST = "0.0.0.0";
    private static final String PORT = "8443";
    private static final String NAME = "admin";

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "An address of this machine; " + HOST + ", all of them, unless given.")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = PORT + " unless given.")
    private String port;

    @Option(names = "--name", paramLabel = "NAME", description = "The administrator; " + NAME + " unless given.")
    private String name;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM, the gateway's own first; without it the one that it has, or makes itself.")
    private String certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM, the certificate's private key.")
    private String key;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Home home = options.home();
        boolean running = Setup.isRunning(home);
        Setup setup = new Setup(home, answers(), this::print);
        if (running) {
            setup.running();
        } else {
            setup.stopped();
        }
        return ExitStatus.OK;
    }

    private SetupAnswers answers() throws CommandFailure, IOException {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(spec.commandLine(), "--certificate and --key belong together");
        }
        // What is wrong with the command line shall be said before anything is asked.
        check(host, SetupAnswers::host);
        check(port, SetupAnswers::port);
        check(name, SetupAnswers::name);
        Optional<Path> chain = check(certificate, SetupAnswers::file);
        Optional<Path> secret = check(key, SetupAnswers::file);
        Optional<SetupAnswers.Pair> pair = chain.map(file -> new SetupAnswers.Pair(file, secret.orElseThrow()));
        Optional<Console> console = PasswordInput.person();
        return console.isPresent() ? ask(new SetupQuestions(new Sitting(console.get())), pair) : read(pair);
    }

    private SetupAnswers ask(SetupQuestions questions, Optional<SetupAnswers.Pair> given)
            throws CommandFailure, IOException {
        String where =
                "Address to listen on: " + HOST + " for all, or one of " + String.join(", ", SetupAnswers.addresses());
        String chosenHost = host == null ? questions.get(where, HOST, SetupAnswers::host) : SetupAnswers.host(host);
        int chosenPort = port == null ? questions.get("Port", PORT, SetupAnswers::port) : SetupAnswers.port(port);
        String user = name == null ? questions.get("Name of the administrator", NAME, SetupAnswers::name) : name;
        String password = questions.password(user);
        Optional<SetupAnswers.Pair> pair = given;
        if (given.isEmpty()) {
            Optional<Path> chain =
                    questions.maybe("Certificate, a PEM file; Enter for the gateway's own", SetupAnswers::file);
            while (chain.isPresent() && pair.isEmpty()) {
                Path file = chain.get();
                pair = questions
                        .maybe("Its private key, a PEM file", SetupAnswers::file)
                        .map(secret -> new SetupAnswers.Pair(file, secret));
            }
        }
        return new SetupAnswers(chosenHost, chosenPort, user, password, pair);
    }

    private SetupAnswers read(Optional<SetupAnswers.Pair> pair) throws CommandFailure, IOException {
        String user = name == null ? NAME : name;
        try {
            return new SetupAnswers(
                    SetupAnswers.host(host == null ? HOST : host),
                    SetupAnswers.port(port == null ? PORT : port),
                    user,
                    SetupAnswers.password(PasswordInput.next(user)),
                    pair);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.FAILED, e.getMessage(), e);
        }
    }

    private <T> Optional<T> check(String given, Function<String, T> check) {
        try {
            return Optional.ofNullable(given).map(check);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** The person at the terminal. */
    private record Sitting(Console console) implements SetupQuestions.Person {

        @Override
        public String ask(String question) {
            return console.readLine("%s", question);
        }

        @Override
        public String askUnseen(String question) {
            char[] answer = console.readPassword("%s", question);
            return answer == null ? null : new String(answer);
        }

        @Override
        public void tell(String line) {
            console.printf("%s%n", line);
        }
    }
}

package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that has to do with updates, and can answer programs with one object of JSON. */
abstract class UpdateRequest implements Callable<Integer> {

    private static final Pattern UPDATE = Pattern.compile("update (\\d{1,18}): .*");

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Option(
            names = "--json",
            description = "Print one object of JSON and nothing else; of what goes wrong, one with \"error\".")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Home home = options.home();
            RunningGateway.on(home);
            return run(home, out);
        } catch (CommandFailure | IOException e) {
            if (!json) {
                throw e;
            }
            out.println(JsonText.error(Complaint.sentence(e)));
            return e instanceof CommandFailure known ? known.status() : ExitStatus.FAILED;
        } finally {
            out.flush();
        }
    }

    /**
     * Does it.
     *
     * @return the exit status
     */
    abstract int run(Home home, PrintWriter out) throws CommandFailure, IOException, InterruptedException;

    final boolean json() {
        return json;
    }

    /**
     * Waits for the end of an update, and shows how it goes on.
     *
     * @param begun what the shell has said when the update was asked for
     * @return the exit status
     */
    final int follow(Home home, PrintWriter out, String begun)
            throws CommandFailure, IOException, InterruptedException {
        String line = begun.strip();
        Matcher update = UPDATE.matcher(line);
        if (!update.matches()) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway did not say the number of the update: " + line);
        }
        UpdateFollower follower = new UpdateFollower(home, Long.parseLong(update.group(1)));
        if (json) {
            return follower.followAsJson(out::println);
        }
        out.println(line);
        out.flush();
        follower.follow(state -> {
            out.println(state);
            out.flush();
        });
        return ExitStatus.OK;
    }
}

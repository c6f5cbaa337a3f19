package io.fieldgate.launcher;

import io.fieldgate.launcher.Distributions.Link;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at what a gateway shall be upgraded to, and puts it beside what runs. Nothing that runs is touched. */
final class UpgradePreparation {

    /** What the gateway needs to go on. */
    private static final long RESERVE_BYTES = 8L * 1024 * 1024;

    private final Home home;
    private final Distributions distributions;
    private final Distribution running;
    private final UpgradeReport report;

    /** @param running the distribution of the gateway that runs */
    UpgradePreparation(Home home, Distribution running, UpgradeReport report) {
        this.home = home;
        this.running = running;
        this.report = report;
        distributions = home.distributions();
    }

    /**
     * Makes the folder for distributions, and says what runs.
     *
     * @return the name of what runs
     * @throws CommandFailure if nothing can be upgraded now
     */
    String begin() throws CommandFailure, IOException {
        String self = distributions.idOf(running.root());
        if (distributions.exist()
                && (distributions.target(Link.TRIED).isPresent()
                        || distributions.target(Link.REPLACED).isPresent())) {
            throw new CommandFailure(ExitStatus.FAILED, "the upgrade before is not over: " + self + " is still tried");
        }
        if (self.equals(Distributions.FACTORY)) {
            distributions.create(running.build());
        }
        distributions.collect(self, false);
        checkOwner();
        return self;
    }

    /** What another user makes, the gateway could not rename and delete. */
    private void checkOwner() throws CommandFailure, IOException {
        Path probe = distributions.incoming();
        String mine = Files.getOwner(probe).getName();
        Files.delete(probe);
        String needed = Files.getOwner(home.data()).getName();
        if (!mine.equals(needed)) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    home.data() + " belongs to " + needed + ": run this as that user, not as " + mine);
        }
    }

    /**
     * Takes a file in.
     *
     * @return the name of the distribution, which is now unpacked
     * @throws CommandFailure if it must not be used
     */
    String unpack(Path file, boolean downgrade) throws CommandFailure, IOException {
        Path copy = copied(file);
        String signature = ShellAnswer.to(home, GogoLine.of("fg:verify", List.of(copy.toString())))
                .output()
                .strip();
        report.signature(signature);
        report.step(file.getFileName() + ": " + signature);
        DistributionArchive archive = new DistributionArchive(copy);
        needRoom(archive.check());
        Path folder = distributions.unpacking();
        archive.unpack(folder);
        Durable.deleteAll(copy.getParent());
        Distribution unpacked = new Distribution(folder);
        String build = checked(unpacked, file);
        report.to(unpacked.version());
        checkVersion(unpacked.version(), downgrade);
        if (build.equals(running.build())) {
            Durable.deleteAll(folder);
            return distributions.idOf(running.root());
        }
        putInPlace(folder, build);
        report.step(build + " is unpacked");
        return build;
    }

    /** Only what is copied to where nobody else can write stays as it is when it has been checked. */
    private Path copied(Path file) throws CommandFailure, IOException {
        Path signature = file.resolveSibling(file.getFileName() + ".sig");
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(ExitStatus.FAILED, file + " is no file");
        }
        if (Files.size(file) > DistributionArchive.MAX_BYTES) {
            throw new CommandFailure(ExitStatus.FAILED, file + " is larger than any distribution");
        }
        needRoom(Files.size(file));
        Path folder = distributions.incoming();
        Path copy = Files.copy(file, folder.resolve(file.getFileName()));
        if (Files.exists(signature)) {
            Files.copy(signature, folder.resolve(signature.getFileName()));
        }
        return copy;
    }

    private void needRoom(long bytes) throws CommandFailure, IOException {
        long room = Files.getFileStore(distributions.folder()).getUsableSpace();
        if (room < bytes + RESERVE_BYTES) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "%s needs %,d kB more on its disk"
                            .formatted(home.data(), (bytes + RESERVE_BYTES - room) / 1000 + 1));
        }
    }

    private static String checked(Distribution unpacked, Path file) throws CommandFailure {
        try {
            unpacked.check();
            return unpacked.build();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    file.getFileName() + " is no distribution of Fieldgate: " + Complaint.sentence(e),
                    e);
        }
    }

    private void checkVersion(String version, boolean downgrade) throws CommandFailure, IOException {
        boolean lower;
        try {
            lower = Version.parse(version).compareTo(Version.parse(running.version())) < 0;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED, version + " and " + running.version() + " cannot be compared", e);
        }
        if (lower && !downgrade) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    version + " is lower than " + running.version() + ", which runs; --allow-downgrade allows it");
        }
    }

    /** One of that name may be there, from an earlier upgrade; it does not run. */
    private void putInPlace(Path folder, String build) throws IOException {
        Path root = distributions.root(build);
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            Durable.deleteAll(root);
        }
        Durable.move(folder, root);
    }

    /**
     * Finds what was current before.
     *
     * @return its name
     * @throws CommandFailure if there is none
     */
    String previous() throws CommandFailure, IOException {
        Optional<String> previous = distributions.target(Link.PREVIOUS);
        if (previous.isEmpty()) {
            throw new CommandFailure(ExitStatus.FAILED, "there is no distribution before this one");
        }
        Distribution before = distribution(previous.get());
        try {
            before.check();
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.FAILED, before.root() + " is not whole: " + Complaint.sentence(e), e);
        }
        report.to(before.version());
        return previous.get();
    }

    /** Where a distribution lies. */
    Distribution distribution(String id) throws CommandFailure {
        return id.equals(Distributions.FACTORY)
                ? Distribution.called()
                : new Distribution(distributions.root(id).toAbsolutePath());
    }

    /** Has the next start try it. */
    void announce(String id, TrialTerms terms) throws IOException {
        terms.write(distributions.root(id));
        Durable.delete(distributions.outcome());
        distributions.point(Link.TRIAL, id);
    }

    /** Takes {@link #announce} back. */
    void withdraw() throws IOException {
        distributions.remove(Link.TRIAL);
    }
}

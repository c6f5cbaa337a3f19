package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an upgrade of the gateway asks: {@code fg:health} and {@code fg:verify}. */
class HealthCommandTest {

    private final FakeSession session = FakeSession.plain();

    @Test
    void saysThatAllIsWellOrAllThatIsNot() throws Exception {
        HealthCommand command = new HealthCommand();
        command.bindInstaller(new Judge(List.of(), Optional.empty()));
        assertEquals("healthy", command.health(session));

        command.bindInstaller(new Judge(List.of("core is resolved", "the disk\nis full"), Optional.empty()));
        assertEquals(
                "fg:health: core is resolved; the disk?is full",
                assertThrows(IllegalStateException.class, () -> command.health(session))
                        .getMessage());
    }

    @Test
    void isNotHealthyWithoutAnInstaller() {
        assertEquals(
                "the bundle io.fieldgate.installer is not active",
                assertThrows(IllegalStateException.class, () -> new HealthCommand().health(session))
                        .getMessage());
    }

    @Test
    void saysWhoHasSignedAFile() throws Exception {
        VerifyCommand command = new VerifyCommand();
        FakeAudit audit = new FakeAudit();
        command.bindAudit(audit);
        command.bindInstaller(new Judge(List.of(), Optional.of("CN=Releases")));
        assertEquals("signed by CN=Releases", command.verify(session, "/media/fieldgate-2.tar.gz"));
        assertEquals(List.of("shell||verify|fieldgate-2.tar.gz|DONE"), audit.lines);
    }

    @Test
    void takesAnUnsignedFileFromThisMachineOnly() throws Exception {
        VerifyCommand command = new VerifyCommand();
        command.bindInstaller(new Judge(List.of(), Optional.empty()));
        assertEquals(
                "not signed, and need not be: no certificate is trusted here",
                command.verify(session, "/media/fieldgate-2.tar.gz"));

        session.use(new Caller(Role.ADMIN, "anna", "192.0.2.7"), "");
        assertEquals(
                "not signed",
                assertThrows(UpdateException.class, () -> command.verify(session, "/media/fieldgate-2.tar.gz"))
                        .getMessage());
    }

    /** Knows the health, and who has signed what; what is not signed is good enough on this machine. */
    private record Judge(List<String> complaints, Optional<String> signer) implements Installer {

        @Override
        public Optional<String> verify(Path file, Path signature, UpdateOptions options) throws UpdateException {
            assertEquals(Path.of(file + ".sig"), signature);
            if (signer.isEmpty() && !options.isOnThisMachine()) {
                throw new UpdateException(UpdateException.Reason.SIGNATURE, "not signed");
            }
            return signer;
        }

        @Override
        public List<InstalledBundle> bundles() {
            return List.of();
        }

        @Override
        public List<FailedFile> failures() {
            return List.of();
        }

        @Override
        public StagedBundle stage(InputStream jar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Update update(List<StagedBundle> bundles, UpdateOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Update rollback(String symbolicName, UpdateOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Update> updates() {
            return List.of();
        }
    }
}

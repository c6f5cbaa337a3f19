package io.fieldgate.itest;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a window. Where none is installed the tests are skipped, unless a build server runs them. */
final class Chromium {

    /** Held here so that its level stays: it warns of a part of Selenium that is not used. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private Chromium() {}

    /** Ends the test if there is no browser; asked before a gateway is started in vain. */
    static void require() {
        program();
        driver();
    }

    /** Starts it with a profile in a new folder within another one. */
    static ChromeDriver start(Path folder) throws Exception {
        SELENIUM.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory(folder, "browser");
        ChromeOptions options = new ChromeOptions()
                .setBinary(program().toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--window-size=1280,1024",
                        "--user-data-dir=" + profile);
        options.setAcceptInsecureCerts(true); // a gateway's first certificate is its own
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver().toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static Path program() {
        return installed("chromium", "google-chrome");
    }

    private static Path driver() {
        return installed("chromedriver");
    }

    private static Path installed(String... names) {
        Optional<Path> found = Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String message = "neither of " + List.of(names) + " is installed: the page is not tried in a browser";
            if (System.getenv("CI") != null) {
                throw new AssertionError(message);
            }
            abort(message);
        }
        return found.orElseThrow();
    }
}

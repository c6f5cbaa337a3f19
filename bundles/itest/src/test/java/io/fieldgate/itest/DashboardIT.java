package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The page at {@code /}, in a real browser. Skipped where none is installed, unless a build server runs it. */
class DashboardIT {

    private static final String LIVE = "io.fieldgate.handler.live";
    private static final By OPEN = By.cssSelector("[data-state='open']");
    private static final By CARD = By.cssSelector(".card[data-point]");
    private static final By DRAWN =
            By.cssSelector(":is([data-type='decimal'], [data-type='integer'], [data-type='boolean'])[data-point]");
    private static final By LOAD = valueOf("[data-point='linux/cpu/load']");
    private static final By LEVEL = valueOf("[data-point='sim/tank/level']");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static GatewayProcess gateway;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws Exception {
        Chromium.require();
        gateway = GatewayProcess.start();
        browser = Chromium.start(gateway.home().path().resolve("data"));
        browser.get(gateway.uri().toString());
        awaitOpen();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.quit();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void showsValuesThatChangeByThemselves() {
        assertChanges(LEVEL);
        awaitValue(LOAD);
    }

    @Test
    void showsWhatTheMachineSaysOfItself() {
        awaitValue(valueOf("[data-point='linux/memory/used']"));
        awaitValue(valueOf("[data-point^='linux/fs-'], [data-point^='linux/disk-']"));
        awaitValue(valueOf("[data-point^='linux/net-'][data-point$='/rx-rate']"));
        awaitValue(valueOf("[data-point='linux/system/uptime']"));
    }

    /** A chart is there only while its card can be seen, so each card is brought into view. */
    @Test
    void drawsOneChartForEachPointThatIsANumberOrASwitch() {
        List<String> drawn = points(DRAWN);
        assertTrue(drawn.size() >= 10, drawn::toString);
        drawn.forEach(point -> awaitCharts(1, point));
        points(CARD).stream().filter(point -> !drawn.contains(point)).forEach(point -> awaitCharts(0, point));
    }

    @Test
    void goesOnWhenTheHandlerBehindItIsReplaced() throws Exception {
        gateway.deploy(BundleJar.of(Distribution.bundle(LIVE)).reversioned("0.1.1"), "live.jar");
        gateway.bundles().awaitVersion(LIVE, "0.1.1");
        awaitOpen();
        assertChanges(LEVEL);
    }

    @Test
    void asksNobodyButTheGatewayAndHasNothingToComplainOf() {
        List<String> asked = browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message ->
                        message.contains("Network.requestWillBeSent") || message.contains("Network.webSocketCreated"))
                .flatMap(DashboardIT::urls)
                .toList();
        assertTrue(asked.contains(gateway.uri().toString()), asked::toString);
        assertTrue(asked.contains("ws://" + gateway.uri().getAuthority() + "/live"), asked::toString);
        List<String> elsewhere = asked.stream()
                .filter(url ->
                        !gateway.uri().getAuthority().equals(URI.create(url).getAuthority()))
                .toList();
        assertEquals(List.of(), elsewhere);

        List<String> complaints = browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::toString)
                .toList();
        assertEquals(List.of(), complaints);
    }

    private static void awaitOpen() {
        await("the page is connected")
                .atMost(PATIENCE)
                .until(() -> !browser.findElements(OPEN).isEmpty());
    }

    private static void assertChanges(By element) {
        awaitValue(element);
        String before = text(element);
        await("the value changes").atMost(PATIENCE).until(() -> !text(element).equals(before));
    }

    /** A card without a value shows a dash. */
    private static void awaitValue(By element) {
        await("there is a value in " + element)
                .atMost(PATIENCE)
                .until(() -> text(element).matches(".*\\p{Alnum}.*"));
    }

    private static void awaitCharts(int count, String point) {
        By card = By.cssSelector("[data-point='" + point + "']");
        await(point + " has " + count + " charts").atMost(PATIENCE).until(() -> {
            browser.executeScript("arguments[0].scrollIntoView()", browser.findElement(card));
            return browser.findElement(card).findElements(By.tagName("canvas")).size() == count;
        });
    }

    private static List<String> points(By cards) {
        return browser.findElements(cards).stream()
                .map(card -> card.getAttribute("data-point"))
                .toList();
    }

    private static By valueOf(String card) {
        return By.cssSelector(":is(" + card + ") .value");
    }

    private static String text(By element) {
        return browser.findElements(element).stream()
                .findFirst()
                .map(found -> found.getText())
                .orElse("");
    }

    private static Stream<String> urls(String message) {
        return Pattern.compile("\"url\":\"((?:https?|wss?)://[^\"]+)\"")
                .matcher(message)
                .results()
                .map(found -> found.group(1));
    }
}

package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private final HandlerPool pool = new HandlerPool("fieldgate-test", 1);
    private final RouteTable table = new RouteTable();

    @AfterEach
    void stop() {
        pool.stop();
    }

    @Test
    void knowsNobodyAtFirst() {
        assertEquals(new RouteTable.Match.Unknown(), match("/a"));
        assertFalse(table.knows("/a"));
    }

    @Test
    void prefersTheExactPathThenTheLongestPrefix() {
        HandlerRoute exact = serve("/a/b", 0);
        HandlerRoute near = serve("/a/*", 9);
        HandlerRoute all = serve("/*", 99);

        assertServed(exact, "/a/b");
        assertServed(near, "/a/c");
        assertServed(near, "/a/b/c");
        assertServed(near, "/a/");
        assertServed(all, "/a");
        assertServed(all, "/");
    }

    @Test
    void aPrefixDoesNotServeItsOwnFolder() {
        serve("/tools/*", 0);

        assertFalse(table.knows("/tools"));
        assertFalse(table.knows("/toolset/x"));
        assertTrue(table.knows("/tools/a"));
    }

    @Test
    void prefersTheHigherRankingAndThenTheOlderService() {
        HandlerRoute older = serve("/a", 1);
        serve("/a", 1);
        assertServed(older, "/a");

        HandlerRoute better = serve("/a", 2);
        assertServed(better, "/a");

        table.rank(older, 3);
        assertServed(older, "/a");
    }

    @Test
    void choosesAmongThoseThatSpeakASubprotocolOfTheClient() {
        HandlerRoute first = serve("/a", 1, "x");
        HandlerRoute second = serve("/a", 0, "y");

        assertServed(first, "/a", "y", "x");
        assertServed(second, "/a", "y");
        assertEquals(new RouteTable.Match.Unfit(), match("/a", "z"));
        assertEquals(new RouteTable.Match.Unfit(), match("/a"));
    }

    @Test
    void waitsForOneThatComesOrHasJustGoneAndNotForEver() {
        HandlerRoute route = route("/a/*", 0);
        table.add(route);
        assertEquals(new RouteTable.Match.Awaited(), match("/a/b"));
        assertTrue(route.arrived(new RecordingHandler()));
        assertServed(route, "/a/b");

        route.leave();
        RouteTable.Expected gone = table.expect(route);
        assertEquals(new RouteTable.Match.Awaited(), match("/a/b"));

        table.forget(gone);
        assertEquals(new RouteTable.Match.Unknown(), match("/a/b"));
    }

    @Test
    void aClientOfOneThatHasJustGoneDoesNotFallToAShorterPrefix() {
        HandlerRoute near = serve("/a/*", 0);
        HandlerRoute all = serve("/*", 0);

        near.leave();
        RouteTable.Expected gone = table.expect(near);
        assertEquals(new RouteTable.Match.Awaited(), match("/a/b"));

        table.forget(gone);
        assertServed(all, "/a/b");
    }

    @Test
    void aSuccessorServesTheSamePathAndSubprotocol() {
        HandlerRoute any = serve("/a", 0);
        HandlerRoute same = serve("/a", 1, "x");
        serve("/b", 9);

        assertEquals(Optional.of(same), table.successor("/a", Optional.of("x")));
        assertEquals(Optional.of(any), table.successor("/a", Optional.of("y")));
        assertEquals(Optional.of(any), table.successor("/a", Optional.empty()));
        assertEquals(Optional.empty(), table.successor("/c", Optional.empty()));
    }

    @Test
    void listsByPathAndThenByRank() {
        HandlerRoute b = serve("/b", 0);
        HandlerRoute low = serve("/a", 1);
        HandlerRoute high = serve("/a", 2);
        table.add(route("/c", 0));

        assertEquals(List.of(high, low, b), table.listed());
    }

    private HandlerRoute serve(String path, int ranking, String... subprotocols) {
        HandlerRoute route = route(path, ranking, subprotocols);
        table.add(route);
        assertTrue(route.arrived(new RecordingHandler()));
        return route;
    }

    private HandlerRoute route(String path, int ranking, String... subprotocols) {
        FakeReference<SocketHandler> service = FakeReference.at(path).with(SocketSubprotocols.NAME, subprotocols);
        return new HandlerRoute(
                HandlerSpec.of(service),
                "test",
                ranking,
                HandlerSpec.idOf(service),
                pool.share(1),
                new Reactions(pool));
    }

    private RouteTable.Match match(String path, String... offered) {
        return table.match(
                SocketRequest.builder(path).subprotocols(List.of(offered)).build());
    }

    private void assertServed(HandlerRoute route, String path, String... offered) {
        assertSame(route, ((RouteTable.Match.Served) match(path, offered)).route());
    }
}

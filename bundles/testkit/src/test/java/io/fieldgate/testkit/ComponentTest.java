package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.handler.SocketHandler;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads OSGI-INF/published.xml of the test resources. */
class ComponentTest {

    @Test
    void readsServicesAndPropertiesOfAClass() {
        Component component =
                Component.of(SocketHandlerContractTest.PublishedHandler.class).orElseThrow();

        assertEquals(Set.of(SocketHandler.class.getName(), "java.lang.Runnable"), component.services());
        assertEquals("/published/*", component.properties().get("fieldgate.socket.path"));
        assertEquals(1000, component.properties().get("fieldgate.socket.message.max.bytes"));
        assertEquals(false, component.properties().get("fieldgate.socket.resumable"));
        assertEquals("a \"b\" & <c>", component.properties().get("note"));
        assertArrayEquals(new String[] {"one.v1", "two.v1"}, (String[])
                component.properties().get("fieldgate.socket.subprotocols"));
    }

    @Test
    void knowsNothingOfAClassThatIsNoComponent() {
        assertEquals(Optional.empty(), Component.of(ComponentTest.class));
    }
}

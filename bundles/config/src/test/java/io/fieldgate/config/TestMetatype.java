package io.fieldgate.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.metatype.AD;
import org.apache.felix.metatype.MetaDataReader;
import org.apache.felix.metatype.OCD;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Schemas of {@code test.xml}, read by the metatype implementation that is shipped. */
final class TestMetatype {

    private static final URL FILE = TestMetatype.class.getResource("/OSGI-INF/metatype/test.xml");

    private TestMetatype() {}

    static Schema port() {
        return schema("test.Port$Config");
    }

    static Schema tank() {
        return schema("test.Tank$Config");
    }

    private static Schema schema(String id) {
        try {
            OCD definition = (OCD)
                    new MetaDataReader().parse(FILE).getObjectClassDefinitions().get(id);
            return new Schema(new Definition(definition), new Bounds(List.of(FILE), id)::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service's own adapter from Felix's model to the API is not public. */
    private record Definition(OCD model) implements ObjectClassDefinition {

        @Override
        public String getName() {
            return model.getName();
        }

        @Override
        public String getID() {
            return model.getID();
        }

        @Override
        public String getDescription() {
            return model.getDescription();
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            List<AttributeDefinition> attributes = new ArrayList<>();
            for (Object attribute : model.getAttributeDefinitions().values()) {
                attributes.add(new Attribute((AD) attribute));
            }
            return attributes.toArray(AttributeDefinition[]::new);
        }

        @Override
        public InputStream getIcon(int size) {
            return InputStream.nullInputStream();
        }
    }

    private record Attribute(AD model) implements AttributeDefinition {

        @Override
        public String getName() {
            return model.getName();
        }

        @Override
        public String getID() {
            return model.getID();
        }

        @Override
        public String getDescription() {
            return model.getDescription();
        }

        @Override
        public int getCardinality() {
            return model.getCardinality();
        }

        @Override
        public int getType() {
            return model.getType();
        }

        @Override
        public String[] getOptionValues() {
            return model.getOptionValues();
        }

        @Override
        public String[] getOptionLabels() {
            return model.getOptionLabels();
        }

        @Override
        public String validate(String value) {
            return model.validate(value);
        }

        @Override
        public String[] getDefaultValue() {
            return model.getDefaultValue();
        }
    }
}

package io.fieldgate.security;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldgate.api.data.Role;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The form of {@code users.json}. A file that is not wholly as it must be is refused. */
final class DirectoryFile {

    private static final long VERSION = 1;

    private DirectoryFile() {}

    static byte[] write(Directory.Content content) {
        return Json.object(json -> {
            json.writeNumberField("version", VERSION);
            json.writeArrayFieldStart("users");
            for (Account user : content.users().values()) {
                write(json, user);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("tokens");
            for (ApiToken token : content.tokens().values()) {
                write(json, token);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Account user) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", user.name());
        json.writeStringField("role", user.role().id());
        json.writeStringField("hash", user.hash());
        json.writeStringField("passwordSet", user.passwordSet().toString());
        json.writeStringField("stamp", user.stamp());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ApiToken token) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", token.name());
        json.writeStringField("role", token.role().id());
        json.writeStringField("digest", token.digest());
        json.writeStringField("created", token.created().toString());
        if (!token.end().equals(Instant.MAX)) {
            json.writeStringField("expires", token.end().toString());
        }
        json.writeStringField("stamp", token.stamp());
        json.writeEndObject();
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException if anything in it is not as it must be; the message has nothing of its content
     */
    static Directory.Content read(byte[] file) throws IOException {
        Map<String, Object> members = Json.read(file);
        if (!members.containsKey("version") || !members.get("version").equals(VERSION)) {
            throw new IOException("it is not of version " + VERSION);
        }
        Directory.Content content = Directory.Content.NONE;
        for (Object element : list(members, "users")) {
            Account user = user(new Fields(element));
            if (content.users().containsKey(user.name())) {
                throw new IOException("a user is there twice");
            }
            content = content.with(user);
        }
        for (Object element : list(members, "tokens")) {
            ApiToken token = token(new Fields(element));
            if (content.tokens().containsKey(token.name())) {
                throw new IOException("a token is there twice");
            }
            content = content.with(token);
        }
        return content;
    }

    private static Account user(Fields fields) throws IOException {
        return new Account(
                fields.name(), fields.role(), fields.hash(), fields.time("passwordSet"), fields.text("stamp"));
    }

    private static ApiToken token(Fields fields) throws IOException {
        return new ApiToken(
                fields.name(),
                fields.role(),
                fields.text("digest"),
                fields.time("created"),
                fields.has("expires") ? fields.time("expires") : Instant.MAX,
                fields.text("stamp"));
    }

    static List<?> list(Map<String, Object> members, String name) throws IOException {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IOException("it has no list of " + name);
    }

    /** The members of one object of the file. */
    static final class Fields {

        private final Map<?, ?> members;

        Fields(Object element) throws IOException {
            if (!(element instanceof Map<?, ?> map)) {
                throw new IOException("an entry is no object");
            }
            members = map;
        }

        boolean has(String field) {
            return members.containsKey(field);
        }

        String text(String field) throws IOException {
            if (members.get(field) instanceof String text && !text.isEmpty()) {
                return text;
            }
            throw new IOException("an entry has no " + field);
        }

        Instant time(String field) throws IOException {
            try {
                return Instant.parse(text(field));
            } catch (DateTimeException e) {
                throw new IOException("an entry has no time as its " + field, e);
            }
        }

        private String name() throws IOException {
            try {
                return Account.checkName(text("name"));
            } catch (IllegalArgumentException e) {
                throw new IOException("a name is not as it must be", e);
            }
        }

        private Role role() throws IOException {
            try {
                return Role.of(text("role"));
            } catch (IllegalArgumentException e) {
                throw new IOException("a role is not known", e);
            }
        }

        private String hash() throws IOException {
            String hash = text("hash");
            if (!Bcrypt.isHash(hash)) {
                throw new IOException("a password's hash is not as it must be");
            }
            return hash;
        }
    }
}

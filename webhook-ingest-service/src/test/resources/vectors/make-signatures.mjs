// Makes signatures.tsv with Node's crypto alone, as the platform's documentation shows it.
// node make-signatures.mjs > signatures.tsv
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

const first = "golden/journey-snapshot-first-generation.json";
const second = "golden/journey-snapshot-second-generation.json";
const secrets = {
  plain: "whsec_vector_0123456789abcdef",
  "utf-8": "geheimnis-ü-0123456789",
  "sixteen-bytes": "0123456789abcdef",
  // A block of SHA-256 is 64 bytes; a longer secret is hashed first.
  "block-of-64-bytes": "s".repeat(64),
  "over-a-block": "whsec_" + "long-secret-".repeat(10),
};
const timestamps = { seconds: "1772729300", millis: "1772729300123", iso: "2026-03-05T16:48:20.000Z" };
const bodies = { first, second, empty: "vectors/empty.body", "non-ascii": "vectors/non-ascii.body", binary: "vectors/binary.body" };

const read = (body) => readFileSync(new URL("../" + body, import.meta.url));
const sign = (secret, timestamp, body) =>
  createHmac("sha256", secret).update(timestamp + ".").update(body).digest();
const line = (...fields) => console.log(fields.join("\t"));

line("# name", "verdict", "secret", "timestamp", "body", "hex", "base64");
const vector = (name, verdict, secret, timestamp, body, mac) =>
  line(name, verdict, secret, timestamp, body, mac.toString("hex"), mac.toString("base64"));

for (const [secretName, secret] of Object.entries(secrets)) {
  for (const [timestampName, timestamp] of Object.entries(timestamps)) {
    for (const [bodyName, body] of Object.entries(bodies)) {
      vector([secretName, timestampName, bodyName].join("-"), "signed", secret, timestamp, body, sign(secret, timestamp, read(body)));
    }
  }
}

const { plain } = secrets;
const { seconds } = timestamps;
const forged = (name, mac) => vector(name, "forged", plain, seconds, first, mac);
forged("no-timestamp", createHmac("sha256", plain).update(read(first)).digest());
forged("no-full-stop", createHmac("sha256", plain).update(seconds).update(read(first)).digest());
forged("colon-for-full-stop", createHmac("sha256", plain).update(seconds + ":").update(read(first)).digest());
forged("body-first", createHmac("sha256", plain).update(read(first)).update("." + seconds).digest());
forged("body-reserialised", sign(plain, seconds, JSON.stringify(JSON.parse(read(first)))));
forged("body-with-newline", sign(plain, seconds, Buffer.concat([read(first), Buffer.from("\n")])));
forged("other-timestamp", sign(plain, timestamps.millis, read(first)));
forged("other-body", sign(plain, seconds, read(second)));
forged("other-secret", sign(secrets["over-a-block"], seconds, read(first)));
forged("secret-with-newline", sign(plain + "\n", seconds, read(first)));
forged("secret-as-hex", sign(Buffer.from("0123456789abcdef", "hex"), seconds, read(first)));
forged("plain-hash", createHash("sha256").update(plain + seconds + ".").update(read(first)).digest());
forged("all-zero", Buffer.alloc(32));

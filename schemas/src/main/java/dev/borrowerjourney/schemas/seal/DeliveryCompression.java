package dev.borrowerjourney.schemas.seal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Zstandard (RFC 8878) with a dictionary of what every delivery says alike: the names of its members. Without one a
 * delivery of 2 KB is too short to be compressed well. The dictionary is part of the layout: another one is another layout,
 * and this one stays as long as the log holds what was compressed with it. Thread-safe.
 */
final class DeliveryCompression {

    /** A fast level: half the work of level 1 for a fifth more bytes. */
    private static final int LEVEL = -5;

    private final byte[] dictionary = dictionary();
    private final ZstdDictCompress toCompress = new ZstdDictCompress(dictionary, LEVEL);
    private final ZstdDictDecompress toDecompress = new ZstdDictDecompress(dictionary);

    /** Contexts cost more to make than to use; there are as many as compress at one time. */
    private final Queue<ZstdCompressCtx> idle = new ConcurrentLinkedQueue<>();

    byte[] compress(byte[] bytes) {
        var taken = idle.poll();
        var context = taken == null ? newContext() : taken;
        try {
            return context.compress(bytes);
        } finally {
            idle.offer(context);
        }
    }

    /**
     * Gives back what was compressed.
     *
     * @param most bytes that the result may have: a forged or damaged part must not grow without bound
     */
    byte[] decompress(byte[] compressed, int most) throws GeneralSecurityException {
        var size = Zstd.getFrameContentSize(compressed);
        if (size < 0 || size > most) {
            throw new GeneralSecurityException("sealed part: damaged, or over " + most + " bytes");
        }
        try (var context = new ZstdDecompressCtx()) {
            context.loadDict(toDecompress);
            return context.decompress(compressed, (int) size);
        } catch (ZstdException e) {
            throw new GeneralSecurityException("sealed part: damaged", e);
        }
    }

    private ZstdCompressCtx newContext() {
        return new ZstdCompressCtx().loadDict(toCompress);
    }

    private static byte[] dictionary() {
        try (var text =
                Objects.requireNonNull(DeliveryCompression.class.getResourceAsStream("delivery-dictionary-2.txt"))) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("delivery-dictionary-2.txt: unreadable", e);
        }
    }
}

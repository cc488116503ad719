package io.antichain.analyzer.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The siblings that are remembered beyond the window, by key, in a log of pages: what is remembered anew is appended, and
 * what the key had before counts no more. Pages are stored as they are, so a restart needs nothing but them.
 *
 * <p>Memory is bounded. Where it is used up, what counts no more is cleared out, a page at a time; where everything counts,
 * the keys of the oldest page are forgotten, which are the least recently written ones, and counted. A key takes its siblings'
 * bytes (with 4 processes about 40 each), its own, and 12 to 24 in the index.
 */
final class KeyMemory {
    private static final int MOST_PAGE_BYTES = 1 << 16;
    private static final int LEAST_PAGES = 16;
    /** Places tell so many pages apart, which are at least half full on average. */
    private static final int MOST_PAGES = 1 << 16;

    private static final byte[] GONE = {};
    private static final PackedSibling[] NONE = {};

    private static final class Page {
        final long number;
        final byte[] bytes;
        int used;
        boolean changed;

        Page(long number, byte[] bytes, int used) {
            this.number = number;
            this.bytes = bytes;
            this.used = used;
        }
    }

    /** For each key remembered, where its newest entry begins: the low bits of the page's number, and 16 of the offset. */
    private final KeyIndex index = new KeyIndex(this::isOf);

    private final long mostBytes;
    private final int bytesOfPage;
    private final List<Page> pages = new ArrayList<>();
    private final SortedMap<Long, byte[]> changes = new TreeMap<>();
    private long nextPage;
    private long pageBytes;
    private long liveBytes;
    private long forgotten;
    // Used again for each key.
    private final FrontierWriter body = new FrontierWriter();
    private final FrontierWriter entry = new FrontierWriter();

    KeyMemory(long mostBytes) {
        this.mostBytes = Math.min(mostBytes, (long) MOST_PAGES / 2 * MOST_PAGE_BYTES);
        this.bytesOfPage = (int) Math.min(MOST_PAGE_BYTES, mostBytes / LEAST_PAGES);
    }

    /** How many keys are remembered. */
    int size() {
        return index.size();
    }

    /** How many keys were forgotten for want of memory. */
    long forgotten() {
        return forgotten;
    }

    long bytes() {
        return pageBytes + index.bytes();
    }

    /** What is remembered of a key; none if nothing is. */
    PackedSibling[] of(String key) {
        long place = index.find(key);
        return place == KeyIndex.NONE ? NONE : read((int) place).siblings();
    }

    /** Whether something is remembered of a key. */
    boolean has(String key) {
        return index.find(key) != KeyIndex.NONE;
    }

    /** Remembers a key's siblings, at least one, in place of what was remembered of it. */
    void put(String key, PackedSibling[] siblings) {
        body.clear();
        body.text(key);
        body.number(siblings.length);
        for (PackedSibling sibling : siblings) {
            sibling.write(body);
        }
        entry.clear();
        entry.bytes(body);
        byte[] bytes = entry.toBytes();
        point(key, append(bytes, 0, bytes.length), bytes.length);
        int fromHere = pages.size(); // what is appended again takes up no less after one round
        while (bytes() > mostBytes && !pages.isEmpty()) {
            boolean isCrowded = liveBytes + index.bytes() > mostBytes / 4 * 3;
            clearOldest(isCrowded || pages.size() == 1 || fromHere-- <= 0);
        }
    }

    /** Appends an entry, which are some of the bytes; returns its place. */
    private int append(byte[] bytes, int from, int length) {
        Page page = pages.isEmpty() ? null : pages.get(pages.size() - 1);
        if (page == null || page.used + length > page.bytes.length) {
            page = new Page(nextPage++, new byte[Math.max(bytesOfPage, length)], 0);
            pages.add(page);
            pageBytes += page.bytes.length;
        }
        System.arraycopy(bytes, from, page.bytes, page.used, length);
        int place = place(page.number, page.used);
        page.used += length;
        page.changed = true;
        return place;
    }

    /** The oldest page goes; what counts in it is appended again, or forgotten. */
    private void clearOldest(boolean forget) {
        Page oldest = pages.get(0);
        for (int from = 0; from < oldest.used; ) {
            int place = place(oldest.number, from);
            int length = length(place);
            int hash = hash(place);
            if (index.has(hash, place)) {
                if (forget) {
                    index.remove(hash, place);
                    liveBytes -= length;
                    forgotten++;
                } else {
                    index.move(hash, place, append(oldest.bytes, from, length));
                }
            }
            from += length;
        }
        pages.remove(0);
        pageBytes -= oldest.bytes.length;
        changes.put(oldest.number, GONE);
    }

    /** The key's newest entry is at a place. */
    private void point(String key, int place, int length) {
        long before = index.put(key, place);
        liveBytes += length - (before == KeyIndex.NONE ? 0 : length((int) before));
    }

    private static int place(long page, int from) {
        return (int) page << 16 | from;
    }

    /** What a page holds from a place on, read as far as its key. */
    private record Entry(int place, int length, String key, FrontierReader rest) {
        PackedSibling[] siblings() {
            PackedSibling[] siblings = new PackedSibling[rest.count()];
            for (int i = 0; i < siblings.length; i++) {
                siblings[i] = PackedSibling.read(rest);
            }
            return siblings;
        }
    }

    private boolean isOf(int place, String key) {
        FrontierReader in = new FrontierReader(page(place).bytes, place & 0xFFFF);
        in.number();
        return in.isText(key);
    }

    private Page page(int place) {
        return pages.get((place >>> 16) - (int) pages.get(0).number & MOST_PAGES - 1);
    }

    private int length(int place) {
        FrontierReader in = new FrontierReader(page(place).bytes, place & 0xFFFF);
        int bodyLength = in.count();
        return in.at() - (place & 0xFFFF) + bodyLength;
    }

    /** Of its key. */
    private int hash(int place) {
        FrontierReader in = new FrontierReader(page(place).bytes, place & 0xFFFF);
        in.number();
        return in.textHash();
    }

    private Entry read(int place) {
        FrontierReader in = new FrontierReader(page(place).bytes, place & 0xFFFF);
        in.number();
        return new Entry(place, length(place), in.text(), in);
    }

    // --- the pages, to be stored and back

    /** What changed since the last call, by page number: the page as it is now, empty if it is gone. */
    SortedMap<Long, byte[]> takeChanges() {
        for (Page page : pages) {
            if (page.changed) {
                changes.put(page.number, Arrays.copyOf(page.bytes, page.used));
                page.changed = false;
            }
        }
        SortedMap<Long, byte[]> taken = new TreeMap<>(changes);
        changes.clear();
        return taken;
    }

    /** Takes over the pages that were stored. */
    void restore(SortedMap<Long, byte[]> stored) {
        stored.forEach((number, bytes) -> {
            while (!pages.isEmpty() && nextPage < number) {
                pages.add(new Page(nextPage++, GONE, 0)); // numbers follow one another
            }
            Page page = new Page(number, bytes, bytes.length);
            pages.add(page);
            pageBytes += bytes.length;
            nextPage = number + 1;
            for (int from = 0; from < page.used; ) {
                Entry entry = read(place(number, from));
                point(entry.key(), entry.place(), entry.length());
                from += entry.length();
            }
        });
    }
}

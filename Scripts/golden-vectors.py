#!/usr/bin/env python3
"""Writes the golden fixtures of Tests/EmbeddingTests from a reference implementation.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install tokenizers==0.23.3 numpy==2.4.6
    /tmp/golden/bin/python Scripts/golden-vectors.py .freshet/models/all-minilm-l6-v2

Token ids come from the package `tokenizers` (with tokenizer.json's own truncation and padding at 128 replaced by the
model's 256 tokens); vectors from a forward pass in float64, written down here without any optimisation.
The same model and versions give the same files.
"""

import base64
import json
import math
import random
import struct
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

FIXTURES = Path(__file__).resolve().parent.parent / "Tests" / "EmbeddingTests" / "Fixtures"
TOKENS_MAX = 256
TEXT_COUNT = 300


class Model:
    """BERT as its paper describes it, in float64."""

    def __init__(self, folder: Path):
        config = json.loads((folder / "config.json").read_text())
        self.heads = config["num_attention_heads"]
        self.epsilon = config["layer_norm_eps"]
        self.tensors = self.read(folder / "model.safetensors")
        self.layers = config["num_hidden_layers"]

    @staticmethod
    def read(path: Path) -> dict:
        data = path.read_bytes()
        (header_bytes,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8 : 8 + header_bytes])
        tensors = {}
        for name, entry in header.items():
            if name == "__metadata__" or entry["dtype"] != "F32":
                continue
            start, end = (8 + header_bytes + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], "<f4").reshape(entry["shape"]).astype(np.float64)
        return tensors

    def linear(self, x, name):
        return x @ self.tensors[name + ".weight"].T + self.tensors[name + ".bias"]

    def norm(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + self.epsilon)
        return scaled * self.tensors[name + ".weight"] + self.tensors[name + ".bias"]

    def attention(self, x, layer):
        query, key, value = (
            self.linear(x, f"{layer}.attention.self.{part}").reshape(len(x), self.heads, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        return self.linear((weights @ value).transpose(1, 0, 2).reshape(len(x), -1), f"{layer}.attention.output.dense")

    def vector(self, ids):
        erf = np.vectorize(math.erf)
        x = self.tensors["embeddings.word_embeddings.weight"][ids]
        x = x + self.tensors["embeddings.position_embeddings.weight"][: len(ids)]
        x = x + self.tensors["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm")
        for index in range(self.layers):
            layer = f"encoder.layer.{index}"
            x = self.norm(x + self.attention(x, layer), f"{layer}.attention.output.LayerNorm")
            wide = self.linear(x, f"{layer}.intermediate.dense")
            wide = wide * 0.5 * (1 + erf(wide / math.sqrt(2)))
            x = self.norm(x + self.linear(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        mean = x.mean(0)
        return mean / np.linalg.norm(mean)


def texts(vocabulary: list) -> list:
    """The texts by hand, then seeded ones up to TEXT_COUNT."""
    rng = random.Random(20261121)
    found = [
        # Empty, or empty once cleaned.
        "", " ", "\t\r\n", "\u0000", "\ufffd", "\u200b\u200d\ufeff", "\u0001\u0002\u001f\u007f", "\u00a0\u2003\u3000",
        "\u0301", "\u0300\u0301\u0302", "\ue000\uf8ff", "\u00ad", "\u0085", "\u2028\u2029",
        # Controls and spaces inside words.
        "in\u0000dex", "in\u200bdex", "in\u00addex", "vec\ttor", "vec\u00a0tor", "vec\u0085tor", "a\u2028b",
        "line one\r\nline two\n\nline three", "tab\tseparated\tvalues", "zero\ufeffwidth", "right\u200fto\u200eleft",
        # Case, accents and their spellings.
        "CAFÉ café cafe\u0301 CAFE\u0301", "Ångström Å\u030angstro\u0308m \u212b", "naïve coöperate façade Zürich",
        "İstanbul ISPARTA ısı", "Straße STRASSE ẞ", "ΑΘΗΝΑ ΣΊΣΥΦΟΣ σίσυφος", "Ελληνικά με τόνους: ά έ ή ί ό ύ ώ ΐ ΰ",
        "Tiếng Việt có dấu thanh điệu", "Łódź Źdźbło żółć", "Dvořák čeština říše", "œuvre Œdipe æon Æther ﬁne ﬂow",
        "ǅ ǈ ǋ ǲ", "Ⅷ ⅷ ⓐ Ⓐ ㎏", "ŉ ǰ ΐ և", "a\u0328\u0301 \u0105\u0301 a\u0301\u0328", "q\u0307\u0323 q\u0323\u0307",
        # Scripts.
        "Поисковый индекс обновляется непрерывно. Ёлка, йод, Їжак.", "Българският език", "Қазақ тілі", "Ҕ ҕ Ԥ",
        "פריט חדש בקטלוג", "שָׁלוֹם עֲלֵיכֶם", "فهرس البحث المتجدد", "ٱلسَّلَامُ عَلَيْكُمْ", "جستجوی برداری",
        "اردو زبان",
        "खोज सूचकांक अद्यतन", "हिन्दी में कृपया", "বাংলা ভাষা", "தமிழ் மொழி", "తెలుగు భాష", "ಕನ್ನಡ ಭಾಷೆ",
        "മലയാളം ഭാഷ", "සිංහල",
        "ภาษาไทยไม่มีช่องว่าง", "ພາສາລາວ", "ភាសាខ្មែរ", "မြန်မာဘာသာ", "བོད་སྐད།", "አማርኛ ፊደል።", "ქართული ენა Ⴀⴀ",
        "Հայերեն լեզու",
        "ᏣᎳᎩ ꮳꮃꭹ", "ᓀᐦᐃᔭᐍᐏᐣ", "ᚠᚢᚦᚨᚱᚲ", "ꙮ Ѯ Ѱ", "𐍈𐌰𐌹", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝕬𝕭 𝟘𝟙", "ⲁⲃⲅ Ⲁ", "ʻokina ʼapostrophe",
        # Chinese, Japanese, Korean.
        "搜索索引持续更新", "繁體中文測試", "日本語のテキスト検索", "カタカナ ガギグ ｶﾞｷﾞｸﾞ", "ひらがな がぎぐ", "漢字かな交じり文とEnglishを混ぜる",
        "한국어 검색 색인", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "㐀㐁 𠀀𠀁 豈更車 丽", "𫠠 𫤠 𬺰", "「引用」『書名』、。・", "１２３ＡＢＣ", "〇々〆",
        # Emoji and symbols.
        "🙂", "I ❤️ search 🔍🚀", "👩‍👩‍👧‍👦 family", "🏳️‍🌈 flag 🇩🇪", "👍🏽 ok", "✓ ✗ ★ ☆", "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋", "α→β ⇒ γ",
        "© ® ™ € £ ¥ ₿",
        "½ ¼ x² H₂O", "♪♫ ♞ ♟", "┌─┐│ │└─┘", "𝄞 \U0001d165\U0001d16d", "⠓⠑⠇⠇⠕",
        # Punctuation.
        "don't can't o'clock", "e-mail re-index state-of-the-art", "a.b.c, d;e:f!g?h", "(x) [y] {z} <w>",
        "100% $5 #7 @me a&b a*b a+b=c",
        "`code` ~tilde~ ^caret^ |pipe| \\back\\ /slash/", "“quoted” ‘single’ «guillemets» …", "– — ― ‐ ‑",
        "¡hola! ¿qué?", "__init__ snake_case",
        "https://example.org/search?q=a+b&k=10#top", "user.name+tag@example.co.uk", "C++ C# F# .NET",
        "1,234,567.89 -0.5e-10", "\u037e \u1fef \u0387",
        "׃ ׀ ؟ ، ؛ । ॥", "᙭ 𑇉 ᜴ \u1885\u1886", "\u00b7 \u2027 \u30fb",
        # What looks like a token.
        "##ing", "## ing", "run ##ning", "#", "##", "###", "[CLS]", "[SEP]", "[MASK] [PAD] [UNK]", "a[SEP]b",
        "[cls] [sep]", "[CLS", "[ SEP ]",
        "x[SEP][SEP]y[CLS]", "caf\u00e9[SEP]\u0301e", "[unused0] [unused99]",
        # Words at the limit of 100 characters, and of 256 tokens.
        "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "e\u0301" * 100, "word" * 25, "word" * 26, "字" * 300,
        " ".join(["word"] * 253), " ".join(["word"] * 254), " ".join(["word"] * 255), "! " * 400, "?" * 254,
        "antidisestablishmentarianism " * 80,
        " ".join(["word"] * 253) + " antidisestablishmentarianism", " ".join(["x"] * 252) + " [SEP] [SEP] [SEP]",
        "🙂 " * 300, "поиск " * 200,
        "Freshet keeps a vector search index true to a changing catalogue. " * 40,
        # Ordinary ones.
        "a", "search", "supercalifragilisticexpialidocious", "The quick brown fox jumps over the lazy dog.",
        "draw diagrams from text", "play chess against the computer", "command line tool to resize images in bulk",
        "C library for reading and writing compressed archives", "lightweight window manager for the X window system",
        "Debian package: libfoo2t64 (>= 1.2.3~rc1-4+b2), conflicts with foo-legacy",
    ]
    scalars = [c for c in range(0x20, 0x30000) if not 0xD800 <= c < 0xE000]
    plain = [word for word in vocabulary if word.isascii() and word.isalpha()]
    while len(found) < TEXT_COUNT:
        kind = len(found) % 4
        if kind == 0:
            found.append("".join(chr(rng.choice(scalars)) for _ in range(rng.randint(1, 40))))
        elif kind == 1:
            low = rng.choice([0xA0, 0x100, 0x300, 0x370, 0x400, 0x590, 0x900, 0x1E00, 0x2000, 0x3040, 0x4E00, 0xAC00])
            found.append("".join(chr(low + rng.randrange(0x100)) + rng.choice(["", "", " ", "e"]) for _ in range(30)))
        else:
            words = rng.choices(plain, k=rng.choice([3, 8, 20, 40, 90, 200]))
            cased = " ".join(word.upper() if rng.random() < 0.1 else word for word in words)
            found.append(cased + rng.choice(["", ".", "?"]))
    return found


def scalar_blocks(tokenizer: Tokenizer) -> str:
    """For each 256 scalars a 32-bit FNV-1a over the ids of "a", the scalar and "b" as one text, in base64."""
    hashes = []
    for start in range(0, 0x110000, 256):
        block = [f"a{chr(c)}b" for c in range(start, start + 256) if not 0xD800 <= c < 0xE000]
        value = 0x811C9DC5
        for encoding in tokenizer.encode_batch(block):
            for id in encoding.ids:
                value = (value ^ id) * 0x01000193 & 0xFFFFFFFF
        hashes.append(value)
    return base64.b64encode(struct.pack(f"<{len(hashes)}I", *hashes)).decode()


def main(folder: Path):
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS_MAX)
    model = Model(folder)
    entries = []
    for text in texts(sorted(tokenizer.get_vocab())):
        ids = tokenizer.encode(text).ids
        vector = base64.b64encode(model.vector(ids).astype("<f4").tobytes()).decode()
        entries.append({"text": text, "ids": ids, "vector": vector})
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / "golden.json").write_text(f"[\n{lines}\n]\n")
    (FIXTURES / "scalars.json").write_text(json.dumps({"blocks": scalar_blocks(tokenizer)}) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

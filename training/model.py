"""The model in torch: the encoder of multilingual-e5-small, cut to its lower layers, and a set of heads at each exit.
The names of its weights are the contract with `pack.py`; `crates/parse` computes the same."""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from treebanks import NAMES, POLICIES, RELATIONS, UPOS, VALUES

# For each exit, the layers below it and how many of them, from the top, count in a word's vector.
EXITS = ((4, 3), (10, 5))
# The values of each attribute, and one for "not there".
SEGMENTS = [1 + len(values.split()) for values in VALUES.values()]


class Scores(NamedTuple):
    """What the heads of an exit say of each word, and the vectors that `Heads.relations` wants."""
    upos: torch.Tensor
    features: torch.Tensor  # split by SEGMENTS
    names: torch.Tensor
    arcs: torch.Tensor
    dependents: torch.Tensor
    heads: torch.Tensor


class Layer(nn.Module):
    """A BERT layer, norms after the sums. Attention as plain products: quicker backwards than torch's own on a CPU."""

    def __init__(self, width, heads, inner, epsilon):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.ao, self.aln = nn.Linear(width, width), nn.LayerNorm(width, eps=epsilon)
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.oln = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x, mask):
        batch, length, width = x.shape
        size = width // self.heads
        query, key, value = self.qkv(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        shares = torch.softmax((query @ key.transpose(-1, -2)) * size ** -0.5 + mask, -1).to(value.dtype)
        seen = (shares @ value).transpose(1, 2).reshape(batch, length, width)
        x = self.aln(x + self.ao(seen))
        return self.oln(x + self.fo(F.gelu(self.fi(x))))


class Encoder(nn.Module):
    def __init__(self, rows, width=384, layers=12, heads=12, inner=1536, positions=512, epsilon=1e-12):
        super().__init__()
        self.word = nn.Embedding(rows, width)
        self.word.weight.requires_grad_(False)  # so that the table stays in its 4-bit blocks without loss
        self.pos = nn.Embedding(positions, width)
        self.tok_type = nn.Parameter(torch.zeros(width))
        self.eln = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList([Layer(width, heads, inner, epsilon) for _ in range(layers)])
        self.drop = nn.Dropout(0.1)

    @classmethod
    def of_e5(cls, e5, layers):
        """The encoder as it came, up to so many layers."""
        encoder = cls(e5.rows, e5.width, layers, e5.heads, e5.inner, e5.positions, e5.epsilon)
        weights = {name: torch.from_numpy(array) for name, array in e5.weights().items()}
        with torch.no_grad():
            encoder.word.weight.copy_(weights["emb.word"])
            encoder.pos.weight.copy_(weights["emb.pos"])
            encoder.tok_type.copy_(weights["emb.type"][0])
            encoder.eln.weight.copy_(weights["emb.ln.w"])
            encoder.eln.bias.copy_(weights["emb.ln.b"])
            for number, layer in enumerate(encoder.layers):
                part = lambda name: weights[f"l{number}.{name}"]
                for end, target in (("w", layer.qkv.weight), ("b", layer.qkv.bias)):
                    target.copy_(torch.cat([part(f"{name}.{end}") for name in "qkv"]))
                for name in ("ao", "fi", "fo", "aln", "oln"):
                    getattr(layer, name).weight.copy_(part(name + ".w"))
                    getattr(layer, name).bias.copy_(part(name + ".b"))
        return encoder

    def forward(self, ids, lengths, frozen=0):
        """What each layer gives; nothing is learned by the first `frozen` of them."""
        places = torch.arange(ids.shape[1])
        x = self.drop(self.eln(self.word(ids) + self.pos(places)[None] + self.tok_type))
        kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32
        mask = torch.zeros(ids.shape, dtype=kind).masked_fill_(places[None] >= lengths[:, None], -1e4)[:, None, None]
        x = x.to(kind)
        states = []
        for number, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= frozen):
                x = layer(x, mask)
            states.append(x)
        return states


def activated(inputs, outputs, dropout=0.2):
    return nn.Sequential(nn.Linear(inputs, outputs), nn.GELU(), nn.Dropout(dropout))


class Heads(nn.Module):
    """What reads tags, features, names, arcs and relations off the layers below an exit: `mixed` of them count."""

    def __init__(self, width, mixed, arc=256, label=128, name=256):
        super().__init__()
        self.mix = nn.Parameter(torch.zeros(mixed))
        self.gamma = nn.Parameter(torch.ones(1))
        self.upos = nn.Linear(width, len(UPOS))
        self.feats = nn.Linear(width, sum(SEGMENTS))
        self.ner = nn.Sequential(nn.Linear(width, name), nn.GELU(), nn.Dropout(0.1), nn.Linear(name, len(NAMES)))
        self.policy = nn.Embedding(len(POLICIES), name, padding_idx=0)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.ad, self.ah = activated(width, arc), activated(width, arc)
        self.rd, self.rh = activated(width, label), activated(width, label)
        self.U, self.ub = nn.Parameter(torch.empty(arc, arc)), nn.Parameter(torch.zeros(arc))
        self.V = nn.Parameter(torch.empty(len(RELATIONS), label, label))
        self.lin = nn.Linear(2 * label, len(RELATIONS))
        self.drop = nn.Dropout(0.1)
        nn.init.zeros_(self.policy.weight)
        nn.init.xavier_uniform_(self.U, 0.5)
        nn.init.normal_(self.V, std=0.01)

    def words(self, states, batch):
        """Word vectors: the mean of a word's pieces in the mix of the last layers of `states`."""
        shares = torch.softmax(self.mix, 0)
        states = states[len(states) - len(shares):]
        mixed = self.gamma * sum(share * state.float() for share, state in zip(shares, states))
        size, length, width = mixed.shape
        most = int(batch.counts.max())
        # Word 0 of each sentence collects the special pieces and the padding.
        place = (batch.word_of + torch.arange(size)[:, None] * (most + 1)).reshape(-1)
        sums = torch.zeros(size * (most + 1), width).index_add(0, place, mixed.reshape(-1, width))
        counts = torch.zeros(size * (most + 1)).index_add(0, place, torch.ones(size * length))
        means = (sums / counts.clamp(min=1)[:, None]).view(size, most + 1, width)
        return self.drop(means[:, 1:])

    def names(self, words, policies):
        """Scores of the name tags, under the naming policy of each sentence."""
        whole, activation, drop, out = self.ner
        return out(drop(activation(whole(words) + self.policy(policies)[:, None])))

    def forward(self, states, batch, policies):
        words = self.words(states, batch)
        size, most, width = words.shape
        with_root = torch.cat([self.root.expand(size, 1, width), words], 1)
        dependents, heads = self.ad(words), self.ah(with_root)
        arcs = (dependents @ self.U) @ heads.transpose(1, 2) + (heads @ self.ub)[:, None]
        outside = torch.arange(most + 1)[None] > batch.counts[:, None]
        arcs = arcs.masked_fill(outside[:, None], -1e4)
        own = torch.zeros(most, most + 1)
        own[torch.arange(most), torch.arange(most) + 1] = -1e4
        return Scores(self.upos(words), self.feats(words), self.names(words, policies), arcs + own,
                      self.rd(words), self.rh(with_root))

    def relations(self, scores, head_of):
        """Scores of the relations, given each word's head (0 the root)."""
        dependents, heads = scores.dependents, scores.heads
        chosen = torch.gather(heads, 1, head_of[..., None].expand(-1, -1, heads.shape[2]))
        count, size = self.V.shape[:2]
        flat = self.V.permute(1, 0, 2).reshape(size, -1)
        products = (dependents.reshape(-1, size) @ flat).view(*dependents.shape[:2], count, size)
        return (products @ chosen[..., None]).squeeze(-1) + self.lin(torch.cat([dependents, chosen], -1))


class Parser(nn.Module):
    """The encoder with a set of heads at each exit: a caller in a hurry stops at the first."""

    def __init__(self, encoder, exits=EXITS, **sizes):
        super().__init__()
        self.enc = encoder
        self.depths = [depth for depth, _ in exits]
        self.frozen = 0
        width = encoder.word.weight.shape[1]
        self.exits = nn.ModuleList([Heads(width, mixed, **sizes) for _, mixed in exits])

    def forward(self, batch, half=True, policies=None):
        """The scores at each exit that is not frozen. `half`: layers in bfloat16. Without `policies`, names by no policy
        in particular."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            states = self.enc(batch.ids, batch.lengths, self.frozen)
        policies = torch.zeros_like(batch.policies) if policies is None else policies
        return [heads(states[:depth], batch, policies) for depth, heads in self.learning()]

    def learning(self):
        """The exits above the frozen layers, with their depths."""
        return [(depth, heads) for depth, heads in zip(self.depths, self.exits) if depth > self.frozen]

    def freeze(self, layers):
        """Leaves the word pieces' vectors, the first layers and the exits from them as they are."""
        self.frozen = layers
        if layers:
            lower = [self.enc.pos, self.enc.eln, *self.enc.layers[:layers]]
            lower += [heads for depth, heads in zip(self.depths, self.exits) if depth <= layers]
            for weight in [self.enc.tok_type, *(weight for part in lower for weight in part.parameters())]:
                weight.requires_grad = False


def start_from(model, weights):
    """Loads weights that were saved before. Those of the first form (one exit, more layers, no features) give what
    they have: the kept layers, and their heads to every exit."""
    if "mix" in weights:
        old = {name: weight for name, weight in weights.items() if not name.startswith("enc.") and name != "mix"}
        weights = {name: weight for name, weight in weights.items() if name.startswith("enc.")}
        for number in range(len(model.exits)):
            weights |= {f"exits.{number}.{name}": weight for name, weight in old.items()}
        kept = set(model.state_dict())
        weights = {name: weight for name, weight in weights.items() if name in kept}
    return model.load_state_dict(weights, strict=False)


def parameters(model):
    """Trained weights of the encoder, and those of the heads."""
    named = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
    return [w for n, w in named if n.startswith("enc.")], [w for n, w in named if not n.startswith("enc.")]


def size(weights):
    return sum(math.prod(weight.shape) for weight in weights)

